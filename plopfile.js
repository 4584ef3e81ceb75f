import { execFileSync } from 'node:child_process';

/** `npm run new:guardrail -- <id>`: the three folders of a guardrail, and the registry that lists it. */
export default function (plop) {
  plop.setActionType(
    'registries',
    () => execFileSync('npm', ['run', '--silent', 'registries'], { encoding: 'utf8' }) || 'registries are current',
  );
  plop.setGenerator('guardrail', {
    description: 'a promise about a project: src/guardrails/<id>, templates/guardrails/<id>, test/guardrails/<id>',
    prompts: [
      {
        type: 'input',
        name: 'id',
        message: 'id (one lower-case word):',
        validate: (id) => /^[a-z]+$/.test(id) || 'one lower-case word',
      },
    ],
    actions: [
      { type: 'add', path: 'src/guardrails/{{id}}/index.ts', templateFile: 'scripts/new-guardrail/index.ts.hbs' },
      {
        type: 'add',
        path: 'templates/guardrails/{{id}}/all/docs/{{id}}.md',
        templateFile: 'scripts/new-guardrail/template.md.hbs',
      },
      { type: 'add', path: 'test/guardrails/{{id}}/{{id}}.test.ts', templateFile: 'scripts/new-guardrail/test.ts.hbs' },
      { type: 'registries' },
    ],
  });
}
