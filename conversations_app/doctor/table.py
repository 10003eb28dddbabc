"""Everything that is looked at. What others need comes first."""

from conversations_app.doctor import model, public, servers, traffic, twilio
from conversations_app.doctor.running import Check

CHECKS = (
    Check("Postgres", servers.postgres),
    Check("Redis", servers.redis),
    Check("the workers and beat", servers.heartbeats, needs=("Postgres",)),
    Check("the photo storage", servers.photo_storage, within_s=35),
    Check("the Twilio account", twilio.account, within_s=35),
    Check("the Twilio services", twilio.services, needs=("the Twilio account",), within_s=35),
    Check("what is set at Twilio", twilio.settings_there, needs=("the Twilio services",), within_s=60),
    Check("our numbers", twilio.senders, needs=("the Twilio services",), within_s=60),
    Check("the template", twilio.template, needs=("the Twilio account",), within_s=35),
    Check("the public address", public.reachable),
    Check("webhooks", public.webhooks_by_signature, needs=("the public address", "Postgres"), within_s=20),
    Check("the model", model.chat, within_s=model.MODEL_WITHIN_S + 5),
    Check("the model's extras", model.extras, needs=("the model",), within_s=45),
    Check("names on phones", traffic.names, needs=("Postgres",)),
    Check("repeated webhooks", traffic.repeats, needs=("Postgres",)),
    Check("problems", traffic.open_problems, needs=("Postgres",)),
)
