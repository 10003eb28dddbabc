"""The stock Node client cannot tell the emulator from Twilio."""

import json
import os
import subprocess
from pathlib import Path

from emulator.tests.npm import node_twilio
from emulator.tests.support import ABBY, ACCOUNT, TOKEN, WHATSAPP, Bench

SCRIPT = Path(__file__).with_name("node_client.js")


def test_it_serves_the_stock_node_client(bench: Bench):
    folder = node_twilio()
    bench.phone(ABBY)
    bench.say(ABBY, "hello")

    done = subprocess.run(
        ["node", str(SCRIPT), bench.base, ACCOUNT, TOKEN, ABBY, WHATSAPP],
        env=os.environ | {"NODE_PATH": str(folder / "node_modules")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    saw = json.loads(done.stdout)
    assert saw["bodies"] == ["one", "two", "three"]
    assert (saw["refusal"]["status"], saw["refusal"]["code"]) == (409, 50416)
    assert saw["sid"] in saw["refusal"]["message"]
    assert (saw["text"], saw["texts"]) == ("queued", ["alone", "three", "two", "one"])
    assert (saw["lookup"], saw["left"]) == (["session-NODE"], 1)
    assert saw["template"] == ["approved", "Hello all", True, "initializing"]
    assert bench.bodies(ABBY) == ["one", "two", "three", "alone", "Hello all"]
