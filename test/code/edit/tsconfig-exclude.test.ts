import { describe, expect, test } from 'vitest';
import { compilerScope, withoutFolder } from '../../../src/code/edit/tsconfig-exclude.ts';

const edited = (text: string, base?: string): string | false =>
  withoutFolder(
    text,
    'guardrails',
    compilerScope(text, () => base),
  );

describe('a compiler that reads JavaScript', () => {
  test('leaves the folder alone, beside what it leaves alone by itself', () => {
    const text = '{\n  "compilerOptions": {\n    "allowJs": true, // for now\n    "outDir": "./dist"\n  }\n}\n';
    expect(edited(text)).toBe(
      '{\n  "compilerOptions": {\n    "allowJs": true, // for now\n    "outDir": "./dist"\n  },\n  "exclude": [\n    "node_modules",\n    "dist",\n    "guardrails"\n  ]\n}\n',
    );
  });

  test('keeps what it was told to leave alone', () => {
    expect(edited('{ "compilerOptions": { "checkJs": true }, "exclude": ["**/*.spec.ts"] }')).toContain('**/*.spec.ts');
    expect(edited('{ "extends": "./base.json" }', '{ "compilerOptions": { "allowJs": true } }')).toContain(
      'guardrails',
    );
  });

  test.each(['["src"]', '["./src/**/*"]', '["**/*.ts", "**/*.tsx"]'])(
    'that takes only %s is not touched',
    (include) => {
      expect(edited(`{ "compilerOptions": { "allowJs": true }, "include": ${include} }`)).toBe(false);
    },
  );

  test.each(['["."]', '["**/*"]', '["./**/*"]', '["*"]'])('that takes %s is', (include) => {
    expect(edited(`{ "compilerOptions": { "allowJs": true }, "include": ${include} }`)).toContain('guardrails');
  });
});

test('any other is not touched, and neither is one that has been told', () => {
  expect(edited('{ "compilerOptions": { "strict": true } }')).toBe(false);
  expect(edited('{ "compilerOptions": { "allowJs": true }, "exclude": ["node_modules", "./guardrails"] }')).toBe(false);
});
