const { useState, useEffect } = React;
const h = React.createElement;

// Talks to OpenAI straight from the browser so the title appears instantly

async function suggestTitle(notes) {
  const response = await fetch('/guardrails/openai/v1/chat/completions', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      model: 'gpt-4o-mini',
      messages: [
        { role: 'system', content: 'Give these meeting notes a title of at most five words.' },
        { role: 'user', content: notes },
      ],
    }),
  });
  const data = await response.json();
  return data.choices[0].message.content;
}

function App() {
  const [meetings, setMeetings] = useState([]);
  const [selectedId, setSelectedId] = useState(null);
  const [title, setTitle] = useState('');
  const [notes, setNotes] = useState('');
  const [busy, setBusy] = useState('');
  const [error, setError] = useState('');

  useEffect(() => {
    fetch('/api/meetings')
      .then((res) => res.json())
      .then((list) => {
        setMeetings(list);
        setSelectedId(list[0] ? list[0].id : null);
      })
      .catch(() => setError('Could not load meetings'));
  }, []);

  const selected = meetings.find((m) => m.id === selectedId);

  async function handleSuggest() {
    setBusy('title');
    setError('');
    try {
      setTitle(await suggestTitle(notes));
    } catch (e) {
      setError('Could not suggest a title');
    }
    setBusy('');
  }

  async function handleSave() {
    const res = await fetch('/api/meetings', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ title, notes }),
    });
    const meeting = await res.json();
    if (!res.ok) return setError(meeting.error);
    setMeetings([meeting, ...meetings]);
    setSelectedId(meeting.id);
    setTitle('');
    setNotes('');
  }

  async function handleSummary() {
    setBusy('summary');
    setError('');
    const res = await fetch(`/api/meetings/${selected.id}/summary`, { method: 'POST' });
    const meeting = await res.json();
    if (res.ok) setMeetings(meetings.map((m) => (m.id === meeting.id ? meeting : m)));
    else setError(meeting.error);
    setBusy('');
  }

  async function handleDelete(id) {
    await fetch(`/api/meetings/${id}`, { method: 'DELETE' });
    setMeetings(meetings.filter((m) => m.id !== id));
  }

  return h('div', { className: 'app' },
    h('header', null,
      h('h1', null, 'Recap'),
      h('p', null, 'Paste the notes, keep the decisions.')
    ),
    error && h('div', { className: 'error', role: 'alert' }, error),
    h('main', null,
      h('aside', null,
        h('section', { className: 'card' },
          h('h2', null, 'New meeting'),
          h('textarea', { placeholder: 'Paste your raw notes here…', rows: 6, value: notes, onChange: (e) => setNotes(e.target.value) }),
          h('div', { className: 'row' },
            h('input', { placeholder: 'Title', value: title, onChange: (e) => setTitle(e.target.value) }),
            h('button', { className: 'ghost', disabled: !notes || busy === 'title', onClick: handleSuggest }, busy === 'title' ? '…' : '✨ Suggest')
          ),
          h('button', { disabled: !title || !notes, onClick: handleSave }, 'Save meeting')
        ),
        h('ul', { className: 'meetings' },
          meetings.map((m) =>
            h('li', { key: m.id, className: m.id === selectedId ? 'active' : '', onClick: () => setSelectedId(m.id) },
              h('strong', null, m.title),
              h('span', null, m.date)
            )
          )
        )
      ),
      selected && h('article', { className: 'card' },
        h('div', { className: 'row spread' },
          h('h2', null, selected.title),
          h('button', { className: 'ghost', onClick: () => handleDelete(selected.id) }, 'Delete')
        ),
        h('p', { className: 'date' }, selected.date),
        h('pre', null, selected.notes),
        selected.summary && h('div', { className: 'summary' }, h('h3', null, 'Summary'), h('pre', null, selected.summary)),
        h('button', { disabled: busy === 'summary', onClick: handleSummary }, busy === 'summary' ? 'Summarising…' : '✨ Summarise')
      )
    )
  );
}

ReactDOM.createRoot(document.getElementById('root')).render(h(App));
