const CHAT_URL = 'https://chat.example.com/api/rooms/standup/messages';
const CHAT_TOKEN = process.env.CHAT_TOKEN;

export async function postToChat(text) {
  const response = await fetch(CHAT_URL, {
    method: 'POST',
    headers: { Authorization: `Bearer ${CHAT_TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  if (!response.ok) console.log('Chat said', response.status);
}
