import type { Node } from '@babel/types';
import { isCall, memberNameOf, unwrapped } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import { textOf, type Module } from '../../code/module.ts';
import { declarationOf, parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import { isClientFile } from '../../repository/client-files.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf, shown } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'auth/server-side-only',
  title: 'No password, role or payment is decided in code that runs in the browser.',
  why: 'Whoever opens the page has that code: they can read the password in it, and change a "no" into a "yes".',
  weight: 'blocker',
  stage: 'prototype',
  measured: false,
  finds:
    'In browser code: a password, PIN or access code that is compared with a text or a build variable; conditions on a role that lies in localStorage; a gate such as isPro that is a constant.',
  blind:
    'Scripts inside HTML files and inside texts; code that only hides what the server refuses anyway looks the same.',
  fix: 'Send what was typed to the server, compare it there, and let the server refuse what is not allowed.',
  references: ['ASVS v5.0.0-8.3.1', 'CWE-602', 'CWE-603'],
  check(repository) {
    const modules = clientModules(repository);
    if (modules.length === 0)
      return [{ verdict: 'not-applicable', message: 'There is no code that runs in the browser.' }];
    const findings = modules.flatMap((module) => [
      ...passwordsIn(repository, module),
      ...rolesIn(module),
      ...gatesIn(module),
    ]);
    if (findings.length > 0) return findings;
    return [{ verdict: 'pass', message: 'No decision about passwords, roles or payment was found in browser code.' }];
  },
});

const hint =
  /pass(?:word|wd|code)|\bpwd\b|\bpin|accessCode|secretCode|localStorage|sessionStorage|paywall|\bis(?:Pro|Premium|Paid|Admin|Locked|Subscribed)\b|hasAccess/i;

function clientModules(repository: Repository): Module[] {
  let any = false;
  const modules = repository.files.flatMap(({ path, role }) => {
    if (role !== 'source' || !isClientFile(repository, path)) return [];
    any = true;
    return hint.test(repository.read(path) ?? '') ? (repository.module(path) ?? []) : [];
  });
  const [first] = repository.files.flatMap(({ path }) =>
    any && modules.length === 0 && isClientFile(repository, path) ? (repository.module(path) ?? []) : [],
  );
  return first ? [first] : modules;
}

const passwordName =
  /(?:^|[a-z_$])(?:password|passwd|pwd|passcode|pin|pincode|accesscode|secretcode|adminkey|masterkey)$/i;
/** Words that say something about a password field and are none. */
const aboutFields = /^(?:password|text|hidden|shown?|visible|weak|medium|strong|required|confirm|error|none|.{0,2})$/i;

/** `input === 'letmein'`, `code === ADMIN_PASSWORD`, `password === import.meta.env.VITE_PASSWORD`. */
function passwordsIn(repository: Repository, module: Module): RuleFinding[] {
  return nodesOf(module.tree, 'BinaryExpression').flatMap((node): RuleFinding[] => {
    if (!/^[!=]==?$/.test(node.operator)) return [];
    const sides = [node.left, node.right];
    if (!sides.some((side) => passwordName.test(nameOf(side)))) return [];
    const expected = sides.find((side) => isExpected(repository, module, side));
    if (!expected) return [];
    return [
      {
        verdict: 'fail',
        message: 'Anyone who opens the page can read the password, because the browser compares it.',
        confidence: 'likely',
        remedy: 'Compare it on the server, and change it: it has been readable by everybody.',
        where: proofOf(module, node).where,
        evidence: shown(textOf(module, node).replaceAll(/(['"`])([^'"`]{3})[^'"`]*\1/g, '$1$2…$1')),
        key: sides.map(nameOf).join(' '),
      },
    ];
  });
}

function isExpected(repository: Repository, module: Module, side: Node): boolean {
  if (/^(?:import\.meta|process)\.env\b/.test(textOf(module, side))) return true;
  const value = textValueOf(repository, module, side);
  return value !== undefined && value.trim() !== '' && !aboutFields.test(value);
}

function nameOf(node: Node): string {
  const plain = unwrapped(node);
  if (plain.type === 'Identifier') return plain.name;
  if (isCall(plain))
    return memberNameOf(plain.callee) === 'trim' ? nameOf((plain.callee as { object: Node }).object) : '';
  const name = memberNameOf(plain);
  return name === 'value' || name === 'current' ? nameOf((plain as { object: Node }).object) : (name ?? '');
}

const roleKey =
  /^(?:user_?)?(?:role|is_?admin|is_?pro|is_?premium|is_?paid|plan|admin|permissions?|isLoggedIn|is_?authenticated|loggedIn)$/i;

/** `if (localStorage.getItem('role') === 'admin')`. */
function rolesIn(module: Module): RuleFinding[] {
  const read = nodesOf(module.tree, 'CallExpression').filter((call) => {
    const [key] = call.arguments;
    return (
      /\b(?:local|session)Storage\.getItem$/.test(textOf(module, call.callee)) &&
      key?.type === 'StringLiteral' &&
      roleKey.test(key.value)
    );
  });
  return read.flatMap((call): RuleFinding[] => {
    if (!isDecidedOn(module, call)) return [];
    return [
      {
        verdict: 'fail',
        message: 'Anyone can give themselves this role by typing one line into the browser.',
        confidence: 'review',
        remedy: 'Let the server decide, from the session, and send only what this user may see.',
        ...proofOf(module, call),
      },
    ];
  });
}

/** Whether a value is tested: in a condition, or under the name that it is given. */
function isDecidedOn(module: Module, value: Node): boolean {
  const parents = parentsOf(module);
  for (let node = value, parent = parents.get(node); parent; node = parent, parent = parents.get(node)) {
    if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test === node) return true;
    if (parent.type === 'LogicalExpression' && parent.left === node && parent.operator === '&&') return true;
    if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier')
      return isNameTested(module, parent.id.name);
    if (
      !/^(?:BinaryExpression|UnaryExpression|LogicalExpression|CallExpression|ParenthesizedExpression)$/.test(
        parent.type,
      )
    )
      return false;
  }
  return false;
}

function isNameTested(module: Module, name: string): boolean {
  return new RegExp(`(?:if\\s*\\(|\\(|\\{)\\s*!?${name}\\b[^\\n]*(?:\\)|&&|\\?)`).test(module.text);
}

/** `const isPro = true;` at the top, which a component asks. */
function gatesIn(module: Module): RuleFinding[] {
  return nodesOf(module.tree, 'VariableDeclarator').flatMap((node): RuleFinding[] => {
    if (node.id.type !== 'Identifier' || node.init?.type !== 'BooleanLiteral') return [];
    if (
      !/^(?:is_?(?:pro|premium|paid|locked|subscribed)(?:user)?|has_?(?:access|paid|subscription)|paywall(?:ed)?)$/i.test(
        node.id.name,
      )
    )
      return [];
    if (!declarationOf(module, node.id, node.id)?.constant || !isNameTested(module, node.id.name)) return [];
    return [
      {
        verdict: 'fail',
        message: `What is paid for depends on a constant in the page (${node.id.name}), which anybody can change.`,
        confidence: 'review',
        remedy: 'Ask the server, which knows who has paid.',
        ...proofOf(module, node),
      },
    ];
  });
}
