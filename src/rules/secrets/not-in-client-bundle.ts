import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { keyNameOf } from '../../code/calls.ts';
import { importsOf, packageNameOf } from '../../code/imports.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import { isClientFile, isSentToBrowser } from '../../repository/client-files.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'secrets/not-in-client-bundle',
  title: 'Nothing secret reaches the browser.',
  why: 'Whatever a build puts into the page, everybody can read: a key there is a key that is given away, and the bill is yours.',
  weight: 'blocker',
  stage: 'prototype',
  measured: false,
  finds:
    'Build variables with a public prefix (NEXT_PUBLIC_, VITE_, REACT_APP_, EXPO_PUBLIC_) whose name speaks of a secret; `define` of Vite that writes a key into the page; dangerouslyAllowBrowser; clients of paid services, mail and databases that are made in browser code.',
  blind:
    'Keys that are typed in as text are found by secrets/no-hardcoded; what a build really contains; scripts inside HTML files.',
  fix: 'Call the service from a route on the server that knows who is calling, and let the browser call that route.',
  references: ['ASVS v5.0.0-13.3.1', 'CWE-522'],
  check(repository) {
    const sent = repository.files.filter(({ path, role }) => role === 'source' && isSentToBrowser(repository, path));
    const built = repository.files.filter(
      ({ path, role }) =>
        role === 'config' && /(?:^|\/)(?:vite|webpack|rsbuild|next)[\w.]*config\.[cm]?[jt]s$/.test(path),
    );
    if (sent.length === 0) return [{ verdict: 'not-applicable', message: 'No code here is sent to a browser.' }];
    const findings = [
      ...sent.flatMap(({ path }) => ofFile(repository, path)),
      ...built.flatMap(({ path }) => ofConfig(repository, path)),
    ];
    if (findings.length > 0) return findings;
    return [
      {
        verdict: 'pass',
        message: `No key or server client was found in the ${sent.length} files that reach the browser.`,
      },
    ];
  },
});

const prefix = '(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|GATSBY|VUE_APP)_';
const provider =
  'OPENAI|ANTHROPIC|CLAUDE|GEMINI|GROQ|MISTRAL|COHERE|DEEPSEEK|OPENROUTER|PERPLEXITY|HUGGING_?FACE|HF|REPLICATE|ELEVENLABS|TOGETHER|XAI|GOOGLE_AI|GENAI|SENDGRID|RESEND|TWILIO|AWS|GITHUB|SLACK|DISCORD|TELEGRAM|NOTION|AIRTABLE';
const secretName = new RegExp(
  `\\b${prefix}(?:\\w*(?:SECRET|SERVICE_ROLE|PRIVATE_KEY|PASSWORD|DATABASE_URL|MONGO\\w*URI|ACCESS_KEY)\\w*|\\w*(?:${provider})\\w*_(?:KEY|TOKEN|SECRET)\\w*)\\b`,
);
const publicName =
  /PUBLISHABLE|ANON|MAPS|FIREBASE|ANALYTICS|SITE_KEY|RECAPTCHA|PUBLIC_KEY|SENTRY|POSTHOG|MEASUREMENT|CLIENT_ID|HINT|LABEL|RESET|FORGOT|MIN_|MAX_|LENGTH|_URL$(?<!DATABASE_URL)/;

const serverPackages =
  /^(?:openai|@anthropic-ai\/sdk|groq-sdk|@google\/genai|@google\/generative-ai|@mistralai\/mistralai|cohere-ai|stripe|pg|postgres|mysql2?|mongodb|mongoose|redis|ioredis|nodemailer|@sendgrid\/mail|resend|twilio|firebase-admin|@aws-sdk\/client-[\w-]+|@prisma\/client|jsonwebtoken|better-sqlite3|sqlite3)$/;
const hint = /_(?:KEY|TOKEN|SECRET|PASSWORD|ROLE|URL|URI)|dangerouslyAllowBrowser|from\s+['"]|require\(/;

function ofFile(repository: Repository, path: string): RuleFinding[] {
  const text = repository.read(path) ?? '';
  const module = hint.test(text) ? repository.module(path) : undefined;
  if (!module) return [];
  return [
    ...namesIn(module),
    ...allowedIn(module),
    ...(isClientFile(repository, path) ? clientsIn(repository, module) : []),
  ];
}

/** `import.meta.env.VITE_OPENAI_API_KEY`. */
function namesIn(module: Module): RuleFinding[] {
  if (!secretName.test(module.text)) return [];
  const seen = new Set<string>();
  return nodesOf(module.tree, 'MemberExpression', 'OptionalMemberExpression').flatMap((node): RuleFinding[] => {
    const text = textOf(module, node);
    const name = /^(?:process\.env|import\.meta\.env)(?:\?)?[.[]['"]?(\w+)['"]?\]?$/.exec(text)?.[1];
    if (name === undefined || seen.has(name) || !secretName.test(name) || publicName.test(name)) return [];
    seen.add(name);
    return [
      failure(
        module,
        node,
        `Anyone who opens the page can read ${name}: variables with this prefix are written into it.`,
        'likely',
        name,
      ),
    ];
  });
}

/** `new OpenAI({ apiKey, dangerouslyAllowBrowser: true })`. */
function allowedIn(module: Module): RuleFinding[] {
  if (!module.text.includes('dangerouslyAllowBrowser')) return [];
  return nodesOf(module.tree, 'ObjectProperty').flatMap((property): RuleFinding[] =>
    keyNameOf(property) === 'dangerouslyAllowBrowser' &&
    property.value.type === 'BooleanLiteral' &&
    property.value.value &&
    !asksItsOwnServer(module, property)
      ? [
          failure(
            module,
            property,
            'Anyone who opens the page can take the key of the paid service and spend your money.',
            'likely',
            'dangerouslyAllowBrowser',
          ),
        ]
      : [],
  );
}

/** `baseURL: new URL('/relay', location.href).href`: what it asks has the key, and the page has none. */
function asksItsOwnServer(module: Module, property: Node): boolean {
  const options = parentsOf(module).get(property);
  if (options?.type !== 'ObjectExpression') return false;
  return options.properties.some(
    (each) =>
      each.type === 'ObjectProperty' &&
      keyNameOf(each) === 'baseURL' &&
      /\blocation\.(?:href|origin)\b/.test(textOf(module, each.value)),
  );
}

/** `new Stripe(...)`, `new PrismaClient()`: clients that need a secret, made where everybody can read it. */
function clientsIn(repository: Repository, module: Module): RuleFinding[] {
  const wanted = importsOf(module).some(
    ({ specifier, typeOnly }) => !typeOnly && serverPackages.test(packageNameOf(specifier) ?? ''),
  );
  if (!wanted || module.text.includes('dangerouslyAllowBrowser')) return [];
  return nodesOf(module.tree, 'NewExpression', 'CallExpression').flatMap((node): RuleFinding[] => {
    const definition = definitionOf(repository, module, node.callee);
    if (definition?.kind !== 'package' || !serverPackages.test(definition.name) || definition.path.length > 1)
      return [];
    if (
      node.type === 'CallExpression' &&
      !/^(?:default|postgres|createClient|createPool|createConnection|Stripe)$/.test(definition.path[0] ?? 'default')
    )
      return [];
    return [
      failure(
        module,
        node,
        `What only a server may hold is made in the browser: ${definition.name}.`,
        'likely',
        definition.name,
      ),
    ];
  });
}

/** `define: { 'process.env.API_KEY': JSON.stringify(env.API_KEY) }`: Vite writes it into the page. */
function ofConfig(repository: Repository, path: string): RuleFinding[] {
  const module = /\bdefine\b|\bDefinePlugin\b/.test(repository.read(path) ?? '') ? repository.module(path) : undefined;
  if (!module) return [];
  return nodesOf(module.tree, 'ObjectProperty').flatMap((property): RuleFinding[] => {
    const key = keyNameOf(property) ?? '';
    const name = /(?:^|\.)(\w*(?:API_KEY|SECRET|TOKEN|PASSWORD|PRIVATE_KEY)\w*)$/.exec(key)?.[1];
    if (name === undefined || publicName.test(name) || !/env/i.test(textOf(module, property.value))) return [];
    return [
      failure(
        module,
        property,
        `Anyone who opens the page can read ${name}: the build writes it into the page.`,
        'likely',
        name,
      ),
    ];
  });
}

function failure(
  module: Module,
  node: Node,
  message: string,
  confidence: 'certain' | 'likely',
  key: string,
): RuleFinding {
  return {
    verdict: 'fail',
    message,
    confidence,
    key,
    remedy: 'Move the call to a route on the server, take the value out of the build, and make a new key.',
    ...proofOf(module, node),
    where: placeOf(module, node),
  };
}
