import './guardrails/environment.mjs';
import cron from 'node-cron';
import { postToChat } from './chat.js';
import { absentToday } from './absences.js';

console.log('Standup reminder started');

// every working day at 9:25
cron.schedule('25 9 * * 1-5', async () => {
  const absent = await absentToday();
  const note = absent.length > 0 ? ` (not here today: ${absent.join(', ')})` : '';
  await postToChat(`Standup in five minutes${note}`);
  console.log('Reminder sent', new Date().toISOString());
});
