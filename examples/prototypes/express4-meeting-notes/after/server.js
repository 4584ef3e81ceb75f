const express = require('express');
const cors = require('cors');
const path = require('path');
const { guard } = require('./guardrails/index.cjs');
const { config } = require('./guardrails/config.cjs');

const app = express();
guard(app);
const PORT = 3000;

// OpenAI API key - only for the demo!
const OPENAI_API_KEY = config.OPENAI_API_KEY;
const OPENAI_BASE_URL = process.env.OPENAI_BASE_URL || 'https://api.openai.com/v1';
const ADMIN_PASSWORD = config.ADMIN_PASSWORD;

app.use(cors());
app.use(express.json({ limit: '2mb' }));

// In-memory "database" (resets on restart)
let nextId = 4;
let meetings = [
  {
    id: 1,
    title: 'Pricing review',
    date: '2026-03-02',
    notes:
      'Mara: pilot customers find the team plan too expensive below 10 seats.\nJonas: competitor dropped to 9 per seat.\nDecided to test a starter plan until end of April. Mara drafts the page, Jonas checks margins by Friday.',
    summary: '',
  },
  {
    id: 2,
    title: 'Support handover',
    date: '2026-03-04',
    notes:
      'Ticket backlog is down to 38. Two tickets about lost exports are the same bug.\nPriya owns the fix, release on Tuesday. Sam writes the note to the three customers.',
    summary: '',
  },
  {
    id: 3,
    title: 'Hiring sync',
    date: '2026-03-05',
    notes: 'Four candidates for the design role, two go to the second round. Offer should be out before the 20th.',
    summary: '',
  },
];

// Serve the frontend
app.use(express.static(__dirname));
app.use('/vendor/react', express.static(path.join(__dirname, 'node_modules/react/umd')));
app.use('/vendor/react-dom', express.static(path.join(__dirname, 'node_modules/react-dom/umd')));

app.get('/api/health', (req, res) => {
  res.json({ status: 'ok', uptime: process.uptime() });
});

// Get all meetings
app.get('/api/meetings', (req, res) => {
  res.json(meetings);
});

// Get one meeting
app.get('/api/meetings/:id', (req, res) => {
  const meeting = meetings.find((m) => m.id === Number(req.params.id));
  if (!meeting) return res.status(404).json({ error: 'Meeting not found' });
  res.json(meeting);
});

// Create a meeting
app.post('/api/meetings', (req, res) => {
  const { title, notes } = req.body;
  if (!title || !notes) {
    return res.status(400).json({ error: 'Title and notes are required' });
  }
  const meeting = { id: nextId++, title, notes, date: new Date().toISOString().slice(0, 10), summary: '' };
  meetings.unshift(meeting);
  res.status(201).json(meeting);
});

// Delete a meeting
app.delete('/api/meetings/:id', (req, res) => {
  meetings = meetings.filter((m) => m.id !== Number(req.params.id));
  res.json({ success: true });
});

// Summarise a meeting with GPT
app.post('/api/meetings/:id/summary', async (req, res) => {
  const meeting = meetings.find((m) => m.id === Number(req.params.id));
  if (!meeting) return res.status(404).json({ error: 'Meeting not found' });

  try {
    const response = await fetch(`${OPENAI_BASE_URL}/chat/completions`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${OPENAI_API_KEY}`,
      },
      body: JSON.stringify({
        model: 'gpt-4o-mini',
        messages: [
          { role: 'system', content: 'Summarise these meeting notes in three short bullet points.' },
          { role: 'user', content: meeting.notes },
        ],
      }),
    });
    const data = await response.json();
    meeting.summary = data.choices[0].message.content;
    res.json(meeting);
  } catch (error) {
    console.error('❌ OpenAI error:', error);
    res.status(500).json({ error: 'Could not summarise the meeting' });
  }
});

// Admin: download everything
app.get('/api/admin/export', (req, res) => {
  if (req.query.password !== ADMIN_PASSWORD) {
    return res.status(403).json({ error: 'Wrong password' });
  }
  res.setHeader('Content-Disposition', 'attachment; filename="meetings.json"');
  res.json({ exportedAt: new Date().toISOString(), meetings });
});

app.listen(PORT, () => {
  console.log(`🚀 Recap is running at http://localhost:${PORT}`);
});
