// The stock Node client against the emulator; only the host of its requests is swapped. Prints what it saw as JSON.
const twilio = require("twilio");

const [base, account, token, address, number] = process.argv.slice(2);

class LocalHttp extends twilio.RequestClient {
  request(options) {
    const url = new URL(options.uri);
    if (url.hostname.endsWith(".twilio.com")) {
      options = { ...options, uri: `${base}/${url.hostname.split(".")[0]}${url.pathname}${url.search}` };
    }
    return super.request(options);
  }
}

async function main() {
  const client = twilio(account, token, { httpClient: new LocalHttp() });
  const conversations = client.conversations.v1.conversations;
  const made = await conversations.create({ friendlyName: "From Node", uniqueName: "session-NODE" });
  const group = conversations(made.sid);
  await group.participants.create({
    "messagingBinding.address": address,
    "messagingBinding.proxyAddress": number,
  });
  for (const body of ["one", "two", "three"]) {
    await group.messages.create({ author: "Matchmaker", body });
  }
  const listed = await group.messages.list({ pageSize: 2 });
  const other = await conversations.create({});
  const refusal = await conversations(other.sid)
    .participants.create({ "messagingBinding.address": address, "messagingBinding.proxyAddress": number })
    .catch((error) => error);
  const text = await client.messages.create({ to: address, from: number, body: "alone" });
  const texts = await client.messages.list({ to: address, pageSize: 2 });
  const lookup = await client.conversations.v1.participantConversations.list({ address });
  const template = await client.content.v1.contents.create({
    friendlyName: "greeting",
    language: "en",
    variables: { 1: "you" },
    types: { "twilio/text": { body: "Hello {{1}}" } },
  });
  const contents = client.content.v1.contents(template.sid);
  await contents.approvalCreate.create({ name: "greeting", category: "UTILITY" });
  const approval = await contents.approvalFetch().fetch();
  const greeting = await group.messages.create({
    contentSid: template.sid,
    contentVariables: JSON.stringify({ 1: "all" }),
  });
  const [inbound] = await client.messages.list({ from: address });
  const typing = await client.messaging.v2.typingIndicator.create({ channel: "whatsapp", messageId: inbound.sid });
  const people = ["a", "b", "c"].map((identity) => JSON.stringify({ identity }));
  const together = await client.conversations.v1.conversationWithParticipants.create({ participant: people });
  await conversations(together.sid).remove();
  await conversations(other.sid).remove();
  console.log(
    JSON.stringify({
      sid: made.sid,
      bodies: listed.map((message) => message.body),
      refusal: { status: refusal.status, code: refusal.code, message: refusal.message },
      text: text.status,
      texts: texts.map((item) => item.body),
      lookup: lookup.map((item) => item.conversationUniqueName),
      template: [approval.whatsapp.status, greeting.body, typing.success, together.state],
      left: (await conversations.list()).length,
    }),
  );
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
