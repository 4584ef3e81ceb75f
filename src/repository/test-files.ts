import type { Node } from '@babel/types';
import { calleeNameOf, dottedNamesOf, isCall, memberNameOf, objectOf, unwrapped, type Call } from '../code/calls.ts';
import { importsOf, packageNameOf } from '../code/imports.ts';
import type { Module } from '../code/module.ts';
import { resolveImport } from '../code/resolve.ts';
import { walk } from '../code/walk.ts';
import { appsOf } from './apps.ts';
import { importedFiles } from './imported-files.ts';
import { fact, type Repository } from './repository.ts';

/** What a file with tests does. */
export interface TestFile {
  readonly path: string;
  /** Tests that run; those that are skipped are left out. */
  readonly tests: number;
  readonly skipped: number;
  /** Checks that can fail, those in helpers of its own included. */
  readonly assertions: number;
  /** True when it imports, starts or calls something of the project. */
  readonly touchesProject: boolean;
}

const testCall =
  /^(?:test|it|specify|scenario|Scenario|fit|ftest|Deno\.test|QUnit\.test|tap\.test|tape|suite\.test|bench)$/;
const skippedCall = /^(?:xit|xtest|xdescribe|xcontext|(?:test|it|describe|suite|context)\.(?:skip|todo|fixme))$/;
const testName =
  /\.(?:test|spec|e2e|cy|e2e-spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:__tests__|tests?|specs?|e2e|cypress)\/|(?:^|\/)test\.[cm]?[jt]sx?$/;

/** The files of a repository that hold tests, skipped ones and helpers told apart. */
export const testFilesOf = fact((repository: Repository): readonly TestFile[] =>
  repository.files.flatMap(({ path, role }) => {
    if (role !== 'test' || !testName.test(path)) return [];
    const module = repository.module(path);
    if (!module) return [];
    const seen = countIn(module);
    // A script that asserts and calls no runner is a test by itself.
    const tests = seen.tests > 0 || seen.skipped > 0 ? seen.tests : seen.assertions > 0 && isNamedTest(path) ? 1 : 0;
    if (tests === 0 && seen.skipped === 0) return [];
    const assertions = seen.assertions > 0 ? seen.assertions : assertionsInHelpers(repository, module, path);
    return [
      { path, tests, skipped: seen.skipped, assertions, touchesProject: touchesProject(repository, module, path) },
    ];
  }),
);

function isNamedTest(path: string): boolean {
  return /\.(?:test|spec|e2e|cy)\.|(?:^|\/)tests?[\w-]*\.[cm]?[jt]sx?$|(?:^|\/)test[-_][\w-]+\.[cm]?[jt]sx?$/.test(
    path,
  );
}

interface Counted {
  readonly tests: number;
  readonly skipped: number;
  readonly assertions: number;
}

const counts = new WeakMap<Module, Counted>();

function countIn(module: Module): Counted {
  const known = counts.get(module) ?? count(module);
  counts.set(module, known);
  return known;
}

function count({ tree }: Module): Counted {
  let [tests, skipped, assertions] = [0, 0, 0];
  walk(tree, (node, around) => {
    if (isAssertion(node, around)) assertions++;
    if (!isCall(node)) return undefined;
    const name = nameOf(node);
    if (skippedCall.test(name)) {
      skipped++;
      return 'skip';
    }
    if (
      testCall.test(name) ||
      /^(?:test|it)\.(?:each|only|concurrent|serial|for|sequential|fails|step)/.test(name) ||
      /^t\.test$/.test(name)
    )
      tests++;
    return undefined;
  });
  return { tests, skipped, assertions };
}

/** The name of what a call calls, through `test.each(rows)(...)` and `test.each\`...\`(...)`. */
function nameOf(call: Call): string {
  const callee = unwrapped(call.callee);
  if (isCall(callee)) return calleeNameOf(callee) ?? '';
  if (callee.type === 'TaggedTemplateExpression') return dottedNamesOf(callee.tag)?.join('.') ?? '';
  return calleeNameOf(call) ?? '';
}

const tapMethods =
  /^(?:is|not|true|truthy|false|falsy|ok|notOk|equal|equals|same|deepEqual|deepEquals|notEqual|strictEqual|like|match|matches|regex|throws|notThrows|throwsAsync|notThrowsAsync|rejects|resolves|snapshot|has|hasStrict|type|error|ifError|assert|fail|include|eq)$/;

/** Whether a node is a check that could fail. */
function isAssertion(node: Node, around: readonly Node[]): boolean {
  if (node.type === 'ThrowStatement') return insideTest(around);
  if (node.type === 'MemberExpression' && memberNameOf(node) === 'should') return true;
  if (!isCall(node)) return false;
  const names = calleeNameOf(node)?.split('.') ?? [];
  const [first = ''] = names;
  const last = memberNameOf(unwrapped(node.callee)) ?? first;
  if (
    /^(?:(?:chai\.)?expect(?:\.(?:soft|poll|element|configure))?|expectTypeOf|expectObservable)$/.test(names.join('.'))
  )
    return isUsed(around) && !isConstant(node.arguments[0]);
  if (
    /^(?:assert\w*|strictEqual|deepEqual|deepStrictEqual|ok|equal|rejects|throws|match)$/.test(first) &&
    !/^(?:plan|end)$/.test(last)
  )
    return !node.arguments.every(isConstant);
  if (/^(?:t|tap|test|assert|chai|ctx|context|sinon)$/.test(first) && names.length > 1 && tapMethods.test(last))
    return !node.arguments.every(isConstant);
  // supertest: request(app).get('/').expect(200); Cypress: cy.get('a').should('exist'), cy.contains('a')
  if (last === 'expect' && names.length === 0) return true;
  return rootOf(node) === 'cy' && /^(?:should|contains|and)$/.test(last);
}

function insideTest(around: readonly Node[]): boolean {
  return around.some((node) => isCall(node) && testCall.test(nameOf(node)));
}

/** `expect(x)` alone checks nothing: something has to be asked of it. */
function isUsed(around: readonly Node[]): boolean {
  const parent = around.at(-1);
  return parent !== undefined && objectOf(parent) !== undefined;
}

/** A value that is written out, such as `true` or `1 + 1`: checking it proves nothing. */
function isConstant(node: Node | null | undefined): boolean {
  if (!node) return true;
  const plain = unwrapped(node);
  if (/^(?:Boolean|Numeric|String|Null)Literal$/.test(plain.type)) return true;
  if (plain.type === 'BinaryExpression') return isConstant(plain.left) && isConstant(plain.right);
  return plain.type === 'UnaryExpression' && isConstant(plain.argument);
}

/** `cy` of `cy.get('a').first().should('exist')`. */
function rootOf(node: Node): string | undefined {
  let inner = unwrapped(node);
  for (;;) {
    if (isCall(inner)) inner = unwrapped(inner.callee);
    else if (objectOf(inner)) inner = objectOf(inner) as Node;
    else return inner.type === 'Identifier' ? inner.name : undefined;
  }
}

/** Checks in the helpers that a test file imports and in those that they import. */
function assertionsInHelpers(repository: Repository, module: Module, path: string): number {
  const near = importedFiles(repository, path);
  const helpers = [...near, ...near.flatMap((file) => importedFiles(repository, file))];
  return helpers
    .filter((file) => file !== module.path && repository.file(file)?.role !== 'source')
    .map((file) => repository.module(file))
    .reduce((sum, helper) => sum + (helper ? countIn(helper).assertions : 0), 0);
}

const reaches =
  /\b(?:child_process|spawn|execa|fork)\b|https?:\/\/|\b(?:cy|page)\.|baseURL|process\.env|\breadFileSync\b|\bfetch\(|axios|localhost|createApp|\bimport\.meta\b|__dirname/;

function touchesProject(repository: Repository, module: Module, path: string): boolean {
  if (reaches.test(module.text)) return true;
  const near = importedFiles(repository, path);
  const beyond = [...near, ...near.flatMap((file) => importedFiles(repository, file))];
  if (beyond.some((file) => repository.file(file)?.role !== 'test')) return true;
  const own = new Set(appsOf(repository).map(({ name }) => name));
  return importsOf(module).some(({ specifier }) => {
    const found = resolveImport(repository, path, specifier);
    if (found !== undefined) return repository.file(found)?.role !== 'test';
    // An import that was not found here may be an alias, or something that a build makes.
    return /^(?:\.{1,2}(?:\/|$)|[~#$]|@\/)/.test(specifier) || own.has(packageNameOf(specifier) ?? '');
  });
}
