import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isFunction, keyNameOf, type FunctionNode } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import { appsOf } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { serverModules } from '../server-files.ts';

export default defineRule({
  id: 'auth/no-fail-open',
  title: 'A setting that is missing stops the app; it never opens the door.',
  why: 'A line that lets everybody in "for local development" is shipped, and one forgotten variable on the server removes the sign-in for the whole internet.',
  weight: 'blocker',
  stage: 'prototype',
  measured: false,
  finds:
    'Functions that look at a credential and let the request pass because a setting is missing, because NODE_ENV is not production, or because a switch such as SKIP_AUTH is set; checks that only run where a setting is there; a wrong token that is caught and let through.',
  blind: 'Guards that are built from settings in another file; what the code of a package does without its settings.',
  fix: 'Read the setting at start and stop when it is missing; let the guard refuse in every other case.',
  references: ['OWASP Top 10:2025 A10', 'ASVS v5.0.0-16.5.3', 'CWE-636'],
  check(repository) {
    const guards = appsOf(repository).flatMap((app) => serverModules(repository, app, hint, answer).flatMap(guardsIn));
    if (guards.length === 0)
      return [{ verdict: 'not-applicable', message: 'No code here decides by itself who may pass.' }];
    const findings = guards.flatMap(({ module, node }) => openingsOf(repository, module, node));
    if (findings.length > 0) return findings;
    return [{ verdict: 'pass', message: 'No guard lets requests pass because a setting is missing.' }];
  },
});

const hint = /authori[sz]ation|api[-_]?key|token|cookie|session|signature|bearer|canActivate/i;
/** What a guard says when it lets pass. */
const answer = /\bnext\b|\bdone\b|canActivate|\breturn\s+true\b/;
const credential =
  /authori[sz]ation|api[-_]?key|token|cookies?\b|session|signature|bearer|jwt|passport|isAuthenticated|\.user\b/i;

interface GuardCode {
  readonly module: Module;
  readonly node: FunctionNode;
}

/** Functions that look at a credential and either let pass or refuse. */
function guardsIn(module: Module): GuardCode[] {
  const functions = nodesOf(
    module.tree,
    'FunctionDeclaration',
    'FunctionExpression',
    'ArrowFunctionExpression',
    'ObjectMethod',
    'ClassMethod',
  );
  return functions.flatMap((node) => {
    const text = textOf(module, node);
    if (text.length > 8000 || !credential.test(text) || !(letsPass(module, node) || isCheck(node, module))) return [];
    return [{ module, node }];
  });
}

/** `(req, res, next)`, `canActivate`, a hook, a middleware of Next.js. */
function letsPass(module: Module, node: FunctionNode): boolean {
  if (node.type === 'ClassMethod' && keyNameOf(node) === 'canActivate') return true;
  const names = node.params.flatMap((parameter) => (parameter.type === 'Identifier' ? [parameter.name] : []));
  return names.includes('next') || names.includes('done') || /NextResponse\.next\(\)/.test(textOf(module, node.body));
}

/** `verifySignature(...)`: it says yes or no. */
function isCheck(node: FunctionNode, module: Module): boolean {
  const before = module.text.slice(Math.max(0, (node.start ?? 0) - 80), node.start ?? 0);
  const name = ('id' in node && node.id?.name) || /(\w+)\s*=\s*(?:async\s*)?$/.exec(before)?.[1] || '';
  return (
    /^(?:verify|check|validate|is(?:Valid|Auth|Admin|Allowed)|authenticate|authorize)/i.test(name) &&
    /return\s+true\b/.test(textOf(module, node))
  );
}

function openingsOf(repository: Repository, module: Module, node: FunctionNode): RuleFinding[] {
  const own = ownStatements(node);
  const conditions = own.flatMap((statement): RuleFinding[] => {
    if (statement.type !== 'IfStatement') return [];
    const setting = opens(repository, module, statement.test);
    if (setting !== undefined && passes(module, statement.consequent)) return [opening(module, statement, setting)];
    const checked = refuses(module, statement.consequent) ? onlyWhere(repository, module, statement.test) : undefined;
    return checked === undefined ? [] : [opening(module, statement, checked)];
  });
  const caught = own.flatMap((statement): RuleFinding[] => {
    if (statement.type !== 'TryStatement') return [];
    const { block, handler } = statement;
    if (!handler || !/\bverify|decode|authenticate/i.test(textOf(module, block))) return [];
    const isGuard = /\b40[13]\b/.test(textOf(module, node));
    return isGuard && passes(module, handler.body) && !/\b40[13]\b|throw|next\(\s*\w/.test(textOf(module, handler.body))
      ? [opening(module, handler, 'a token is wrong')]
      : [];
  });
  return [...conditions, ...caught];
}

/** The conditions and attempts of a function, those of functions inside it left out. */
function ownStatements(node: FunctionNode): Extract<Node, { type: 'IfStatement' | 'TryStatement' }>[] {
  const found: Extract<Node, { type: 'IfStatement' | 'TryStatement' }>[] = [];
  walk(node.body, (inner) => {
    if (isFunction(inner)) return 'skip';
    if (inner.type === 'IfStatement' || inner.type === 'TryStatement') found.push(inner);
    return undefined;
  });
  return found;
}

/** What makes a test true that lets everybody in; undefined for any other test. */
function opens(repository: Repository, module: Module, test: Node): string | undefined {
  const text = textOf(module, test);
  if (/NODE_ENV\b['"\]]*\s*!==?\s*['"]production['"]/.test(text) && !/&&/.test(text))
    return 'NODE_ENV is not set to production';
  const flag =
    /\b(?:env|config|settings)\b[.[\]'"\w]*?\b((?:DISABLE|SKIP|BYPASS|NO|IGNORE)_?(?:AUTH|LOGIN|GUARD)\w*|AUTH_(?:DISABLED|OFF|BYPASS))\b/i.exec(
      text,
    )?.[1];
  if (flag !== undefined && !/!\s*(?:process|config)/.test(text)) return `${flag} is set`;
  if (test.type === 'LogicalExpression' && test.operator === '||')
    return opens(repository, module, test.left) ?? opens(repository, module, test.right);
  const absent = test.type === 'UnaryExpression' && test.operator === '!' ? test.argument : comparedToNothing(test);
  return absent && settingOf(repository, module, absent);
}

function comparedToNothing(test: Node): Node | undefined {
  if (test.type !== 'BinaryExpression' || !/^===?$/.test(test.operator)) return undefined;
  const nothing =
    test.right.type === 'NullLiteral' ||
    (test.right.type === 'Identifier' && test.right.name === 'undefined') ||
    (test.right.type === 'StringLiteral' && test.right.value === '');
  return nothing ? test.left : undefined;
}

/** `API_KEY && given !== API_KEY`: the check is left out where the setting is missing. */
function onlyWhere(repository: Repository, module: Module, test: Node): string | undefined {
  if (test.type !== 'LogicalExpression' || test.operator !== '&&' || !/!==?/.test(textOf(module, test.right)))
    return undefined;
  return settingOf(repository, module, test.left);
}

/** `the setting API_KEY is missing`, for `process.env.API_KEY`, `config.apiKey`, or a constant that holds one. */
function settingOf(repository: Repository, module: Module, node: Node): string | undefined {
  const text = textOf(module, node);
  const named =
    /^(?:process\.env|import\.meta\.env|Bun\.env)(?:\.|\[['"])([A-Z0-9_]+)/i.exec(text)?.[1] ??
    /^(?:config|settings|env|cfg)\.((?:\w+\.)*\w*(?:key|token|secret|password|auth)\w*)$/i.exec(text)?.[1];
  if (named !== undefined) return isSwitch(named) ? undefined : `the setting ${named} is missing`;
  if (node.type !== 'Identifier') return undefined;
  const definition = definitionOf(repository, module, node);
  if (definition?.kind === 'global' && definition.path[0] === 'process' && definition.path[1] === 'env')
    return `the setting ${definition.path[2] ?? node.name} is missing`;
  if (definition?.kind !== 'code' || isFunction(definition.node)) return undefined;
  const variable =
    /^process\.env(?:\.|\[['"])([A-Z0-9_]+)['"\]]*(?:\s*(?:\|\||\?\?)\s*(?:''|""|null|undefined))?$/.exec(
      textOf(definition.module, definition.node),
    )?.[1];
  return variable === undefined || isSwitch(variable) ? undefined : `the setting ${variable} is missing`;
}

/** A switch that has nothing to do with who is calling. */
function isSwitch(name: string): boolean {
  return !/key|token|secret|pass|auth|user|signature|credential|jwt|session|admin/i.test(name);
}

function passes(module: Module, branch: Node): boolean {
  const text = textOf(module, branch);
  return /^\{?\s*(?:\/\/[^\n]*\s*|console\.\w+\([^;]*;?\s*)*(?:return\s+)?(?:await\s+)?(?:next\(\)|done\(\)|NextResponse\.next\(\)|true\b)/.test(
    text.replace(/^\{?\s*return\s+true/, 'true'),
  );
}

function refuses(module: Module, branch: Node): boolean {
  return /\b40[13]\b|unauthori[sz]ed|forbidden|throw\b|return\s+false/i.test(textOf(module, branch));
}

function opening(module: Module, node: Node, setting: string): RuleFinding {
  return {
    verdict: 'fail',
    message: `When ${setting}, everybody is let in.`,
    confidence: 'likely',
    remedy: 'Refuse here, and stop the program at start when the setting is missing.',
    ...proofOf(module, node),
  };
}
