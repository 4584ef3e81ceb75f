import { readFile } from 'node:fs/promises';

// { "2026-03-02": ["Mara"], ... }
export async function absentToday() {
  const all = JSON.parse(await readFile('absences.json', 'utf8'));
  return all[new Date().toISOString().slice(0, 10)] || [];
}
