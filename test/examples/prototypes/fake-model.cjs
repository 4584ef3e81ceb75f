// Loaded before a prototype: questions to api.openai.com get an answer from here, everything else outside is refused.
const { fetch } = globalThis;

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input));
  if (['127.0.0.1', 'localhost'].includes(url.hostname)) return fetch(input, init);
  if (url.hostname !== 'api.openai.com') throw new TypeError(`no network here: ${url.hostname}`);
  const asked = input instanceof Request ? await input.clone().json() : JSON.parse(String(init.body));
  return Response.json({ choices: [{ message: { role: 'assistant', content: answerTo(asked.messages ?? []) } }] });
};

function answerTo(messages) {
  const [first = ''] = messages.map(({ content }) => String(content));
  if (first.includes('title')) return 'Pricing: what we decided';
  return '- The team plan is too expensive below ten seats\n- A starter plan runs until the end of April\n- Jonas checks the margins by Friday';
}
