"""Twilio's error codes, and the bodies in which it reports them."""

from typing import Any

from starlette.responses import JSONResponse

# code: (HTTP status, text). Statuses and codes from Twilio's error dictionary; texts may name {details}.
CATALOGUE: dict[int, tuple[int, str]] = {
    20001: (400, "{reason}"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20009: (409, "Cannot delete this resource before it is complete"),
    20409: (409, "The resource is in a state that does not allow this: {reason}"),
    20404: (404, "The requested resource {resource} was not found"),
    20413: (413, "Request entity too large"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21211: (400, "The 'To' number {address} is not a valid phone number."),
    21266: (400, "'To' and 'From' number cannot be the same: {address}"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number provided ({address}) is not a valid message-capable Twilio phone number."),
    21609: (400, "The 'StatusCallback' URL {url} is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21620: (400, "Invalid media URL(s)"),
    21654: (400, "The ContentSid is required when ContentVariables are given"),
    21655: (400, "The ContentSid {sid} is Invalid"),
    21656: (400, "The ContentVariables parameter is invalid"),
    21701: (400, "The Messaging Service {sid} does not exist."),
    21703: (400, "The Messaging Service does not have a phone number available to send a message."),
    21704: (400, "The Messaging Service contains no phone numbers."),
    21710: (409, "Phone Number or Short Code is already in the Messaging Service."),
    21712: (409, "Phone Number or Short Code is associated with another Messaging Service."),
    21910: (400, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel"),
    30400: (400, "Parameters are not valid"),
    30409: (409, "This message cannot be canceled"),
    50056: (403, "The webhook rejected the message"),
    50202: (400, "Friendly name is too long"),
    50207: (400, "Identity is too long"),
    50211: (400, "Identity is not allowed for a participant with a messaging binding"),
    50303: (400, "Attributes are too long"),
    50304: (400, "Attributes are not valid JSON"),
    50341: (400, "Messaging Service SID is invalid"),
    50342: (400, "Messaging Service not found or not associated with this account"),
    50353: (409, "Conversation with provided unique name already exists"),
    50361: (403, "Maximum number of webhooks for this conversation exceeded"),
    50362: (400, "Maximum number of triggers for this webhook exceeded"),
    50365: (400, "Webhook filter is invalid: {filter}"),
    50373: (400, "Conversation does not have a Messaging Service"),
    50375: (400, "Inactive timer must be at least one minute"),
    50376: (400, "Closed timer must be at least ten minutes"),
    50378: (400, "Conversation state is invalid"),
    50379: (400, "Timer is not a valid ISO 8601 duration"),
    50382: (400, "Timers can only be set together with a state"),
    50384: (400, "Conversation cannot be created in closed state"),
    50377: (409, "Conversation is closed and cannot be modified"),
    50390: (400, "Unique name must not look like a Conversation SID"),
    50407: (400, "Messaging binding address is invalid: {address}"),
    50408: (400, "Messaging binding proxy address is invalid: {address}"),
    50409: (400, "Messaging binding address and proxy address cannot be the same"),
    50411: (400, "Messaging binding address is required"),
    50412: (400, "Messaging binding proxy address is required"),
    50413: (403, "Messaging binding proxy address does not belong to this account"),
    50414: (400, "Messaging binding address and proxy address must be of the same type"),
    50415: (400, "Messaging binding proxy address is not a WhatsApp sender of this account"),
    50416: (
        409,
        "A binding for this participant and proxy address already exists in Conversation {conversation}",
    ),
    50417: (403, "Participants limit exceeded"),
    50418: (403, "Non-chat participants limit exceeded"),
    50425: (409, "One of the participants' bindings already exists in Conversation {conversation}"),
    50433: (409, "Participant already exists"),
    50440: (400, "Participant cannot be changed: {reason}"),
    50451: (400, "Exactly one of Identity and Address is required"),
    50452: (
        400,
        "Group MMS is not enabled for this Account. The emulator has no group MMS: give each phone a "
        "MessagingBinding.ProxyAddress, and no MessagingBinding.ProjectedAddress.",
    ),
    50501: (400, "Author is too long"),
    50504: (400, "Message body is too long"),
    50526: (400, "Content SID is invalid: {sid}"),
    50527: (400, "Content variables are not a valid JSON object of texts"),
    50528: (400, "Content SID is missing: content variables are given without it"),
    50529: (400, "Content variables are too long"),
    50540: (400, "Content variable key is too long: {name}"),
    50541: (400, "Content variable value is too long: {name}"),
    50542: (400, "Content template type is not supported by Conversations: {type}"),
    50507: (404, "Media not found: {sid}"),
    50508: (409, "Media is already used by another message"),
    63007: (400, "Twilio could not find a Channel with the specified From address"),
}


class TwilioError(Exception):
    """A refusal that the caller of Twilio's API gets to see; `details` fill the code's text."""

    def __init__(self, code: int, **details: str) -> None:
        self.code = code
        self.status, text = CATALOGUE[code]
        self.message = text.format(**details)
        super().__init__(f"{code}: {self.message}")


def invalid(reason: str) -> TwilioError:
    return TwilioError(20001, reason=reason)


def not_found(resource: str) -> TwilioError:
    return TwilioError(20404, resource=resource)


def error_body(error: TwilioError) -> dict[str, Any]:
    return {
        "code": error.code,
        "message": error.message,
        "more_info": f"https://www.twilio.com/docs/errors/{error.code}",
        "status": error.status,
    }


def error_response(error: TwilioError) -> JSONResponse:
    headers = {}
    if error.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    if error.status == 429:
        headers["Twilio-Concurrent-Requests"] = "100"
    return JSONResponse(error_body(error), status_code=error.status, headers=headers)
