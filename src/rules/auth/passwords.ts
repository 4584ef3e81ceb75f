import type { Node } from '@babel/types';
import { memberNameOf, unwrapped } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import type { RuleFinding } from '../rule.ts';
import { serverModules } from '../server-files.ts';

/** Passwords that are stored or compared so that a stolen list gives them away. */
export function passwordFindings(repository: Repository, app: App): RuleFinding[] {
  return serverModules(repository, app, /password|passwd|\bpwd\b/i).flatMap((module) => [
    ...fastHashes(module),
    ...comparisons(module),
    ...inQueries(module),
  ]);
}

const passwordName =
  /^(?:\w*_)?(?:user|plain|input|given|entered|old|current|stored|db)?_?(?:password|passwd|pwd|pass)(?:_?hash)?$/i;

/** `createHash('md5').update(password)`, `md5(password)`, `sha256(password)`. */
function fastHashes(module: Module): RuleFinding[] {
  return nodesOf(module.tree, 'CallExpression').flatMap((call): RuleFinding[] => {
    const [first] = call.arguments;
    if (!first || !isPassword(first)) return [];
    const text = textOf(module, call.callee);
    const algorithm =
      /createHash\(\s*['"`](md5|sha-?\d+)/i.exec(text)?.[1] ??
      /^(?:crypto\w*\.)?(?:CryptoJS\.)?(md5|sha1|sha256|sha512)$/i.exec(text)?.[1];
    if (algorithm === undefined) return [];
    return [
      failure(
        module,
        call,
        `Whoever steals the list of users reads most passwords within hours, because they are hashed by ${algorithm.toLowerCase()}.`,
      ),
    ];
  });
}

/** `user.password === password`: they are stored as they are. Where a slow hash is at hand, it is asked whether the password changed. */
function comparisons(module: Module): RuleFinding[] {
  if (/bcrypt|argon2|scrypt|pbkdf2/i.test(module.text)) return [];
  return nodesOf(module.tree, 'BinaryExpression').flatMap((node): RuleFinding[] => {
    if (!/^[!=]==?$/.test(node.operator)) return [];
    const [left, right] = [unwrapped(node.left), unwrapped(node.right)];
    const stored = [left, right].find((side) => isPassword(side) && isOfRecord(module, side));
    const given = stored === left ? right : left;
    if (!stored || !isPassword(given) || /hash|digest/i.test(textOf(module, node))) return [];
    return [
      failure(
        module,
        node,
        'Whoever steals the list of users has every password, because they are stored as they are.',
      ),
    ];
  });
}

/** `select ... where email = ? and password = ?`. */
function inQueries(module: Module): RuleFinding[] {
  return nodesOf(module.tree, 'StringLiteral', 'TemplateLiteral').flatMap((node): RuleFinding[] => {
    const text = textOf(module, node);
    if (!/\bselect\b[^;]*\bwhere\b[^;]*\b(?:password|passwd|pwd)\s*=\s*(?:\?|\$\d|:\w|@\w|['"]?\$\{|['"])/i.test(text))
      return [];
    return [
      failure(
        module,
        node,
        'Whoever steals the list of users has every password, because they are stored as they are.',
      ),
    ];
  });
}

function isPassword(node: Node): boolean {
  const plain = unwrapped(node);
  const name = plain.type === 'Identifier' ? plain.name : memberNameOf(plain);
  return name !== undefined && passwordName.test(name);
}

/** A member of something that was found, and not of what was sent. */
function isOfRecord(module: Module, node: Node): boolean {
  return (
    memberNameOf(node) !== undefined &&
    !/\b(?:body|query|params|req|request|ctx|input|form|data|dto|values|credentials|env|config)\b/.test(
      textOf(module, node),
    )
  );
}

function failure(module: Module, node: Node, message: string): RuleFinding {
  return {
    verdict: 'fail',
    message,
    confidence: 'likely',
    remedy: 'Hash passwords with argon2id, scrypt or bcrypt, and compare with its own function.',
    ...proofOf(module, node),
  };
}
