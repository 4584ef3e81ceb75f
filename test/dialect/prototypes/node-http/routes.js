const all = [{ id: 1, text: 'first' }];

export async function notes(req, res, rest) {
  const json = (status, body) => {
    res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const [id, part] = rest;
  const read = req.method === 'GET' || req.method === 'HEAD';
  if (read && id === undefined) return json(200, all);
  if (req.method === 'POST' && id === undefined) {
    let text = '';
    for await (const chunk of req) text += chunk;
    return json(201, { id: 2, ...JSON.parse(text) });
  }
  if (read && part === undefined) return json(200, { id });
  if (read && part === 'tags') return json(200, []);
  if (req.method === 'DELETE' && part === 'tags') return json(204);
  return undefined;
}
