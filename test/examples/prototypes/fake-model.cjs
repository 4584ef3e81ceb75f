// Loaded before a prototype: questions to api.openai.com get an answer from here, and never leave this process.
const https = require('node:https');
const { Readable, Writable } = require('node:stream');

const host = 'api.openai.com';
const { fetch } = globalThis;
const { request } = https;

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input));
  if (url.hostname !== host) return fetch(input, init);
  return Response.json(answerTo(await (input instanceof Request ? input : new Response(init.body)).json()));
};

https.request = (target, ...rest) =>
  target instanceof URL && target.hostname === host ? asked() : request(target, ...rest);

/** Takes a question like a request that is on its way, and answers it. */
function asked() {
  const chunks = [];
  return new Writable({
    write: (chunk, _encoding, done) => (chunks.push(chunk), done()),
    final(done) {
      const text = JSON.stringify(answerTo(JSON.parse(Buffer.concat(chunks).toString())));
      const answer = Object.assign(Readable.from([text]), {
        statusCode: 200,
        headers: { 'content-type': 'application/json' },
      });
      this.emit('response', answer);
      done();
    },
  });
}

function answerTo({ messages = [] }) {
  const [first = ''] = messages.map(({ content }) => String(content));
  const content = first.includes('title')
    ? 'Pricing: what we decided'
    : '- The team plan is too expensive below ten seats\n- A starter plan runs until the end of April\n- Jonas checks the margins by Friday';
  return { choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] };
}
