"""How soon many groups are answered that ask at once while the model is slow, and how soon somebody new gets in meanwhile.

Run it by `make bench BENCH=many_groups`, on a stack of its own; `--groups 100` for more of them.
"""

import argparse
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from tests.phones import Phones
from tests.running_stack import RunningStack, running_stack

LONGEST_S = 300.0
AT_ONCE = 10
LOOK_EVERY_S = 0.1
SILENT_S = 4.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=40)
    parser.add_argument("--model-seconds", type=float, default=5.0, help="how long the model takes for each answer")
    wish = parser.parse_args()
    with running_stack("bench") as stack:
        groups = [stack.phones.add(f"Person {number}") for number in range(wish.groups)]
        codes = start_groups(stack.phones, groups)
        stack.emulator.post(
            "/emulator/faults", json={"model": {"latency_ms": int(wish.model_seconds * 1000)}}
        ).raise_for_status()
        tell(wish.model_seconds, *measure(stack, groups, codes[0]))


def start_groups(phones: Phones, people: list[str]) -> list[str]:
    """A session for each of them; the invites' codes. Returns when nothing is left to answer."""

    def start(person: str) -> str:
        phones.send(person, "start")
        return phones.wait_for(person, "*Send join *", LONGEST_S).split("Send join ")[1][:6]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = list(pool.map(start, people))
    let_it_settle(phones, people)
    return codes


def let_it_settle(phones: Phones, people: list[str]) -> None:
    """Until nothing more has arrived for a while: what was said before must not count as an answer."""
    before, now = -1, 0
    while now != before:
        time.sleep(SILENT_S)
        before, now = now, sum(len(phones.arrived(person)) for person in people)


def measure(stack: RunningStack, groups: list[str], code: str) -> tuple[list[float], float]:
    """Seconds until each group was answered, and until somebody who joined one of them a second later was welcomed."""
    phones = stack.phones
    before = {person: len(phones.arrived(person)) for person in groups}
    newcomer = phones.add("Newcomer")
    joined: list[float] = []

    def join() -> None:
        time.sleep(1)
        began = time.monotonic()
        phones.send(newcomer, f"join {code}")
        phones.wait_for(newcomer, "*", LONGEST_S)
        joined.append(time.monotonic() - began)

    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda person: phones.send(person, "Matchmaker, what do you need to know?"), groups))
    joining = threading.Thread(target=join)
    joining.start()
    answered: dict[str, float] = {}
    while len(answered) < len(groups) and time.monotonic() - began < LONGEST_S:
        for person in (person for person in groups if person not in answered):
            if len(phones.arrived(person)) > before[person]:
                answered[person] = time.monotonic() - began
        time.sleep(LOOK_EVERY_S)
    joining.join(LONGEST_S)
    return sorted(answered.values()), joined[0]


def tell(model_s: float, answers: list[float], joined: float) -> None:
    def line(what: str, seconds: float) -> str:
        return f"{what:<22} {seconds:6.1f} s   {seconds / model_s:5.1f} times the model's {model_s:g} s"

    print(f"{len(answers)} groups were answered")
    print(line("first reply", answers[0]))
    print(line("last reply", answers[-1]))
    print(line("a newcomer's welcome", joined))


if __name__ == "__main__":
    main()
