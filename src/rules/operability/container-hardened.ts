import {
  dockerfilesOf,
  execForm,
  runWords,
  type Dockerfile,
  type Instruction,
  type Stage,
} from '../../repository/dockerfiles.ts';
import type { Repository } from '../../repository/repository.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { proofAt } from '../proof-line.ts';
import { secretsIn } from './container-secrets.ts';

export default defineRule({
  id: 'operability/container-hardened',
  title: 'The image is built from a named build, runs as nobody special, and holds only what runs.',
  why: 'An image that runs as root, and carries `.env`, the history and development tools, gives whoever breaks in everything at once.',
  weight: 'medium',
  stage: 'production',
  measured: false,
  finds:
    'Dockerfiles: bases without a digest, no `USER`, the whole folder copied without a .dockerignore for `.env` and `.git`, secrets in `ARG` and `ENV`, development packages in the last stage, `npm start` as the first process.',
  blind: 'What the base image does, and how the image is run.',
  fix: 'Two stages: packages by `npm ci --omit=dev`, then only those and the sources; `FROM image@sha256:...`, `USER node`, `CMD ["node", "src/server.js"]`.',
  references: [
    'OWASP Node.js Docker Cheat Sheet',
    'nodebestpractices 8.1 to 8.11',
    'OpenSSF Scorecard Pinned-Dependencies',
    'ASVS v5.0.0-13.4.1',
  ],
  check(repository) {
    const files = dockerfilesOf(repository).filter(({ stages }) => stages.length > 0);
    if (files.length === 0) return [{ verdict: 'not-applicable', message: 'There is no Dockerfile.' }];
    const findings = files.flatMap((file) => fileFindings(repository, file));
    return findings.length > 0
      ? findings
      : [
          {
            verdict: 'pass',
            message: 'The image is pinned, runs without root and holds only what runs.',
            where: { path: files[0]?.path ?? '.' },
          },
        ];
  },
});

function fileFindings(repository: Repository, file: Dockerfile): RuleFinding[] {
  const last = file.stages.at(-1) as Stage;
  const chain = inherited(file, last);
  const fail = (line: number, key: string, message: string, remedy: string, weight?: 'low' | 'high'): RuleFinding => ({
    verdict: 'fail',
    message,
    ...proofAt(repository, file.path, line),
    key,
    confidence: 'likely',
    ...(weight && { weight }),
    remedy,
  });
  return [
    ...unpinned(file).map(({ image, line }) =>
      /:(?!latest)[^/]+$/.test(image)
        ? fail(
            line,
            `digest ${image}`,
            `${image} may be another build tomorrow: a tag can be moved.`,
            `Write the digest: ${image}@sha256:...`,
            'low',
          )
        : fail(
            line,
            `tag ${image}`,
            `${image} is whatever is newest on the day it is built.`,
            `Write a version and the digest: ${image.replace(/:latest$/, '')}:<version>@sha256:...`,
          ),
    ),
    ...(runsAsRoot(chain)
      ? [
          fail(
            chain.flatMap(({ instructions }) => instructions).findLast(({ keyword }) => keyword === 'USER')?.line ??
              last.line,
            'root',
            'The program runs as root: whoever breaks into it owns the container.',
            'Add `USER node` before CMD.',
          ),
        ]
      : []),
    ...copiesAll(repository, file, last).map(({ line }) =>
      fail(
        line,
        'copies all',
        'The whole folder goes into the image, `.env` and the history of git included.',
        'Write a .dockerignore with `.env*`, `.git` and `node_modules`, or copy by name.',
      ),
    ),
    ...secretsIn(file),
    ...developmentPackages(chain).map(({ line }) =>
      fail(
        line,
        'development packages',
        'The image holds the packages of development: more to break into, and more to mend.',
        'Install by `npm ci --omit=dev` in the last stage.',
        'low',
      ),
    ),
    ...packageManagerFirst(chain).map(({ line }) =>
      fail(
        line,
        'first process',
        'The package manager keeps the signal to stop for itself: the program is killed in the middle of its work.',
        'Start node itself: `CMD ["node", "src/server.js"]`.',
      ),
    ),
  ];
}

/** A stage and the stages it is built on, the lowest first. */
function inherited({ stages }: Dockerfile, stage: Stage): readonly Stage[] {
  const base = stages
    .slice(0, stages.indexOf(stage))
    .findLast(({ name }) => name !== undefined && name.toLowerCase() === stage.image.toLowerCase());
  return base ? [...inherited({ stages } as Dockerfile, base), stage] : [stage];
}

function unpinned({ stages }: Dockerfile): Stage[] {
  const names = new Set(stages.flatMap(({ name }) => name?.toLowerCase() ?? []));
  return stages.filter(
    ({ image }) =>
      !image.includes('@sha256:') && image !== 'scratch' && !names.has(image.toLowerCase()) && !image.includes('$'),
  );
}

function runsAsRoot(chain: readonly Stage[]): boolean {
  const user = chain.flatMap(({ instructions }) => instructions).findLast(({ keyword }) => keyword === 'USER');
  if (user) return /^(?:root|0)(?::|$)/.test(user.text.trim());
  return !/nonroot|unprivileged|rootless|cgr\.dev\/chainguard|scratch|bitnami\//.test(chain[0]?.image ?? '');
}

function copiesAll(repository: Repository, { path, folder }: Dockerfile, { instructions }: Stage): Instruction[] {
  const copies = instructions.filter(
    ({ keyword, text }) =>
      /^(?:COPY|ADD)$/.test(keyword) && !/--from=/.test(text) && sources(text).some((source) => /^\.\/?$/.test(source)),
  );
  const near = folder === '' ? '' : `${folder}/`;
  const ignore = [`${path}.dockerignore`, `${near}.dockerignore`, '.dockerignore']
    .map((name) => repository.read(name))
    .find((text) => text !== undefined);
  const lines = (ignore ?? '').split('\n').map((line) => line.trim());
  const holds = (pattern: RegExp): boolean => lines.some((line) => /^\*+$/.test(line) || pattern.test(line));
  const covered =
    holds(/^(?:\*\*\/|\/)?\.env(?:\*|$)/) && (repository.git === undefined || holds(/^(?:\*\*\/|\/)?\.git(?:\/?$|\/)/));
  return covered ? [] : copies;
}

function sources(text: string): readonly string[] {
  const words = execForm(text) ?? text.split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'));
  return words.slice(0, -1);
}

function developmentPackages(chain: readonly Stage[]): Instruction[] {
  const instructions = chain.flatMap((stage) => stage.instructions);
  const production = instructions.some(
    ({ keyword, text }) => keyword === 'ENV' && /NODE_ENV[= ]"?production/.test(text),
  );
  const pruned = instructions.some(
    ({ keyword, text }) => keyword === 'RUN' && /\b(?:npm|pnpm|yarn)\s+(?:prune|workspaces focus)\b/.test(text),
  );
  if (production || pruned) return [];
  return instructions.filter(({ keyword, ...rest }) => {
    if (keyword !== 'RUN') return false;
    return runWords({ keyword, ...rest }).some(
      ([program = '', verb = '', ...options]) =>
        /^(?:npm|pnpm|yarn)$/.test(program) &&
        /^(?:ci|install|i|)$/.test(verb) &&
        !options.some(
          (option) =>
            /^(?:--omit=dev|--production|--prod|-P|--only=prod(?:uction)?|-g|--global|[^-].*)$/.test(option) ||
            option === 'dev',
        ),
    );
  });
}

function packageManagerFirst(chain: readonly Stage[]): Instruction[] {
  const instructions = chain.flatMap((stage) => stage.instructions);
  const entry = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  const command = instructions.findLast(({ keyword }) => keyword === 'CMD');
  const first = entry ?? command;
  return first && /^\s*(?:\[\s*")?(?:npm|yarn|pnpm|bun run|npx|nodemon)\b/.test(first.text) ? [first] : [];
}
