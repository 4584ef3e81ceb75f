import { describe, expect, test } from 'vitest';
import { dockerfileWithFolder } from '../../../../src/code/edit/preload/dockerfile-folder.ts';

/** The lines that were added, or why none was. Trying again finds the folder there. */
function added(lines: readonly string[], app = '', end = '\n'): readonly string[] | string {
  const text = lines.join(end);
  const made = dockerfileWithFolder(text, 'guardrails', app);
  if (made.kind !== 'text') return made.kind === 'none' ? made.why : made.kind;
  expect(dockerfileWithFolder(made.text, 'guardrails', app)).toEqual({ kind: 'there' });
  const after = made.text.split(end);
  const rest = [...lines];
  const extra = after.filter((line) => {
    if (line !== rest[0]) return true;
    rest.shift();
    return false;
  });
  expect(rest).toEqual([]);
  return extra;
}

const start = ['FROM node:22-alpine', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci'];
const end = ['EXPOSE 3000', 'CMD ["node", "server.js"]', ''];

describe('an image holds one more folder', () => {
  test.each([
    [['COPY server.js ./'], ['COPY guardrails ./guardrails']],
    [['COPY server.js .'], ['COPY guardrails ./guardrails']],
    [['COPY src ./src'], ['COPY guardrails ./guardrails']],
    [['COPY src/ ./src/'], ['COPY guardrails ./guardrails']],
    [['COPY src src', 'COPY public public'], ['COPY guardrails ./guardrails']],
    [['COPY server.js /app/server.js'], ['COPY guardrails /app/guardrails']],
    [['COPY ["server.js", "db.js", "/usr/src/"]'], ['COPY guardrails /usr/src/guardrails']],
    [['COPY --chown=node:node src ./src'], ['COPY --chown=node:node guardrails ./guardrails']],
    [['copy src ./src'], ['copy guardrails ./guardrails']],
    [['COPY server.js \\', '  db.js ./'], ['COPY guardrails ./guardrails']],
    [['ADD server.js ./'], ['COPY guardrails ./guardrails']],
  ])('%j', (lines, expected) => {
    expect(added([...start, ...lines, ...end])).toEqual(expected);
    expect(added([...start, ...lines, ...end], '', '\r\n')).toEqual(expected);
    expect(added([...start, ...lines])).toEqual(expected);
  });

  test.each([[['COPY . .']], [['COPY ./ ./']], [['COPY . /app']], [['ADD . /app/']], [['COPY guardrails guardrails']]])(
    '%j brings it',
    (lines) => {
      expect(added([...start, ...lines, ...end])).toBe('there');
    },
  );

  const build = ['FROM node:22 AS build', 'WORKDIR /app', 'COPY package*.json ./', 'RUN npm ci'];
  const run = ['FROM node:22-slim', 'WORKDIR /app', 'COPY --from=build /app/node_modules ./node_modules'];

  test('two stages: what is built, and what runs', () => {
    expect(
      added([...build, 'COPY src ./src', 'RUN npm run build', ...run, 'COPY --from=build /app/dist ./dist', ...end]),
    ).toEqual(['COPY guardrails ./guardrails', 'COPY guardrails ./guardrails']);
    expect(added([...build, 'COPY . .', ...run, 'COPY --from=build /app/dist ./dist', ...end])).toEqual([
      'COPY guardrails ./guardrails',
    ]);
  });

  test('all of the other stage is taken, so is the folder', () => {
    expect(added([...build, 'COPY . .', 'FROM node:22-slim', 'COPY --from=build /app /app', ...end])).toBe('there');
    expect(added([...build, 'COPY src ./src', 'FROM node:22-slim', 'COPY --from=build /app /app', ...end])).toEqual([
      'COPY guardrails ./guardrails',
    ]);
    expect(added([...build, 'COPY . .', 'FROM build AS run', ...end])).toBe('there');
  });

  test('pages in a web server need nothing', () => {
    expect(added([...build, 'COPY . .', 'FROM nginx', 'COPY --from=build /app/dist /usr/share/nginx/html', ''])).toBe(
      'there',
    );
  });

  test('the app lies in a folder of its own', () => {
    expect(added([...start, 'COPY backend/server.js ./', ...end], 'backend')).toEqual([
      'COPY backend/guardrails ./guardrails',
    ]);
    expect(added([...start, 'COPY backend ./', ...end], 'backend')).toBe('there');
    expect(added([...start, 'COPY backend/src ./src', ...end], 'backend')).toEqual([
      'COPY backend/guardrails ./guardrails',
    ]);
  });

  test('where a folder is emptied into another one, nothing is guessed', () => {
    expect(added([...start, 'COPY src ./', ...end])).toBe('where it puts the files of the app is not clear');
  });
});
