"""The account and its SMS numbers (2010-04-01)."""

from functools import partial
from typing import Any

from starlette.responses import Response

from emulator.account import Number
from emulator.clock import to_rfc2822
from emulator.errors import not_found
from emulator.rest.endpoint import RestCall, ok
from emulator.rest.paging import legacy_list_response

VERSION = "2010-04-01"


def fetch_account(call: RestCall) -> Response:
    check_account(call)
    account = call.world.account
    uri = f"/{VERSION}/Accounts/{account.sid}"
    return ok(
        {
            "sid": account.sid,
            "owner_account_sid": account.sid,
            "friendly_name": "Emulated account",
            "status": "active",
            "type": "Full",
            "auth_token": account.token,
            "date_created": to_rfc2822(account.created),
            "date_updated": to_rfc2822(account.created),
            "uri": f"{uri}.json",
            "subresource_uris": {
                "messages": f"{uri}/Messages.json",
                "incoming_phone_numbers": f"{uri}/IncomingPhoneNumbers.json",
            },
        }
    )


def list_numbers(call: RestCall) -> Response:
    check_account(call)
    wanted = call.form.text("PhoneNumber")
    numbers = call.world.account.numbers.values()
    return legacy_list_response(
        call,
        f"/{VERSION}/Accounts/{call.world.account.sid}/IncomingPhoneNumbers.json",
        "incoming_phone_numbers",
        [number for number in numbers if number.channel == "sms" and wanted in (None, number.address)],
        serialize=partial(_number_json, call),
    )


def check_account(call: RestCall) -> None:
    if call.path["account"] != call.world.account.sid:
        raise not_found(f"/{VERSION}/Accounts/{call.path['account']}")


def _number_json(call: RestCall, number: Number) -> dict[str, Any]:
    uri = f"/{VERSION}/Accounts/{call.world.account.sid}/IncomingPhoneNumbers/{number.sid}.json"
    return {
        "sid": number.sid,
        "account_sid": call.world.account.sid,
        "friendly_name": number.address,
        "phone_number": number.address,
        "sms_url": number.messaging_url or "",
        "sms_method": "POST",
        "capabilities": {"voice": False, "sms": True, "mms": True, "fax": False},
        "date_created": to_rfc2822(number.created),
        "date_updated": to_rfc2822(number.created),
        "api_version": VERSION,
        "status": "in-use",
        "origin": "twilio",
        "uri": uri,
    }
