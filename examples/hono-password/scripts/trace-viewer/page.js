// The trace page: shows what the viewer sends, all of it as text, so that nothing in a request can become code.
const byId = (id) => document.getElementById(id);
const [list, empty, filter, errorsOnly, state] = ['traces', 'empty', 'filter', 'errors', 'state'].map(byId);
const rows = new Map();
const mostRows = 300;
let slowest = 0;

const source = new EventSource('/events');
source.addEventListener('hello', (event) => {
  const { app } = JSON.parse(event.data);
  Object.assign(byId('app'), { href: app, textContent: app });
});
source.addEventListener('trace', (event) => showTrace(JSON.parse(event.data)));
source.addEventListener('open', () => (state.textContent = 'live'));
source.addEventListener('error', () => (state.textContent = 'the app is stopped; waiting for it'));
filter.addEventListener('input', applyFilter);
errorsOnly.addEventListener('change', applyFilter);
byId('clear').addEventListener('click', () => {
  rows.clear();
  list.replaceChildren();
  slowest = 0;
  applyFilter();
});

function showTrace(trace) {
  const root = trace.spans[0];
  const row = rows.get(trace.id) ?? addRow(trace.id);
  row.trace = trace;
  row.text = [trace.id, ...trace.spans.flatMap((span) => [titleOf(span), statusOf(span)])].join(' ').toLowerCase();
  placeByTime(row, root.start);
  row.failed = trace.spans.some((span) => span.error);
  byId('service').textContent = root.service;

  const [details, summary] = [row.item.firstElementChild, row.item.querySelector('summary')];
  details.className = `trace ${toneOf(root)}`;
  fill(summary, {
    status: statusOf(root) || '–',
    name: titleOf(root),
    steps: trace.spans.length === 1 ? '' : `${trace.spans.length} steps`,
    duration: duration(root.duration),
  });
  summary.querySelector('time').textContent = new Date(root.start).toTimeString().slice(0, 8);
  if (details.open) drawWaterfall(row);
  slowest = Math.max(slowest, root.duration);
  scaleBars();
  applyFilter();
}

function addRow(id) {
  const item = byId('trace').content.cloneNode(true).firstElementChild;
  const row = { item };
  item.firstElementChild.addEventListener('toggle', () => drawWaterfall(row));
  rows.set(id, row);
  for (const [oldest, { item: old }] of [...rows].slice(0, -mostRows)) {
    rows.delete(oldest);
    old.remove();
  }
  return row;
}

/** The newest request first. */
function placeByTime(row, start) {
  row.start = start;
  const older = [...rows.values()].filter((other) => other !== row && other.start < start);
  const next = older.toSorted((left, right) => right.start - left.start)[0];
  if (next) list.insertBefore(row.item, next.item);
  else list.append(row.item);
}

/** Steps below each other, each where it lies in the time of the whole. */
function drawWaterfall({ item, trace }) {
  const [root] = trace.spans;
  const depths = new Map();
  const spans = trace.spans.map((span) => {
    const depth = depths.has(span.parent) ? depths.get(span.parent) + 1 : 0;
    depths.set(span.id, depth);
    const element = byId('span').content.cloneNode(true).firstElementChild;
    element.classList.add(span.kind);
    element.classList.toggle('failed', span.error);
    fill(element, { name: titleOf(span), duration: duration(span.duration) });
    element.querySelector('.name').style.paddingLeft = `${depth * 1.1}rem`;
    const from = Math.min(99, Math.max(0, ((span.start - root.start) / root.duration) * 100));
    const bar = element.querySelector('i');
    Object.assign(bar.style, {
      left: `${from}%`,
      width: `${Math.min(100 - from, (span.duration / root.duration) * 100)}%`,
    });
    element.querySelector('dl').append(...facts(span, trace.id));
    return element;
  });
  item.querySelector('.waterfall').replaceChildren(...spans);
}

function facts(span, traceId) {
  const errors = span.events.map(({ name, attributes }) => [
    name,
    attributes['exception.stacktrace'] ?? JSON.stringify(attributes),
    'wrong',
  ]);
  return [...Object.entries(span.attributes), ['trace id', traceId], ...errors].flatMap(([name, value, tone = '']) => [
    Object.assign(document.createElement('dt'), { textContent: name }),
    Object.assign(document.createElement('dd'), { textContent: value, className: tone }),
  ]);
}

function scaleBars() {
  for (const { item, trace } of rows.values()) {
    item.querySelector('summary i').style.width = `${(trace.spans[0].duration / slowest) * 100}%`;
  }
}

function applyFilter() {
  const wanted = filter.value.trim().toLowerCase();
  for (const row of rows.values()) row.item.hidden = !row.text.includes(wanted) || (errorsOnly.checked && !row.failed);
  empty.hidden = rows.size > 0;
}

function fill(element, texts) {
  for (const [name, text] of Object.entries(texts)) element.querySelector(`.${name}`).textContent = text;
}

function titleOf({ name, kind, attributes }) {
  const url = kind === 'client' ? attributes['url.full']?.replace(/^\w+:\/\//, '') : attributes['url.path'];
  return url === undefined || attributes['http.route'] ? name : `${name} ${url}`;
}

function statusOf({ attributes }) {
  return attributes['http.response.status_code'] ?? '';
}

function toneOf(span) {
  if (span.error) return 'failed';
  return Number(statusOf(span)) >= 400 ? 'refused' : '';
}

function duration(milliseconds) {
  return milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
