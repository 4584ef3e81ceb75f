import type { Node } from '@babel/types';
import { isCall, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { importsOf } from '../../code/imports.ts';
import type { Module } from '../../code/module.ts';
import { isReached, type Danger, type Detector } from './danger.ts';
import { declaredValue, isSettled } from './settled.ts';

const statement =
  /^\s*(?:select\b[\s\S]*\bfrom\b|insert\s+(?:or\s+\w+\s+)?into\b|replace\s+into\b|update\s+\S+(?:\s+(?:as\s+)?\w+)?\s+set\b|delete\s+from\b|(?:create|alter|drop|truncate)\s+(?:table|index|view|database|schema|user)\b|with\s+\w+\s+as\b)/i;

/** A text with holes that begins like a statement of SQL. Tagged templates (sql`...`) put values apart and are no such text. */
export const builtSql: Detector = (node, around) => {
  if (!isCall(node)) return undefined;
  const [first] = node.arguments;
  const text = first && builtText(first, around);
  if (!text || !statement.test(text.words) || isForSomethingElse(node.callee)) return undefined;
  const holes = text.holes.filter((hole) => !isSettled(hole, around));
  if (holes.length === 0) return undefined;
  return {
    node,
    reached: holes.some((hole) => isReached(hole, around)),
    message:
      'What somebody types becomes part of a database command: whoever finds out can read, change or delete every record.',
    remedy: 'Write ? or $1 where the value goes and hand the value over separately, or use a tagged sql`…` template.',
  };
};

/** A log line or an error may well quote a statement. */
function isForSomethingElse(callee: Node): boolean {
  const object = objectOf(callee);
  const owner = object?.type === 'Identifier' ? object.name : ((object && memberNameOf(object)) ?? '');
  return (
    /^(?:console|log|logger|assert|t)$/.test(owner) ||
    (callee.type === 'Identifier' && /^(?:Error|log|expect|describe|it|test)$/.test(callee.name))
  );
}

interface BuiltText {
  /** With a space for each hole. */
  readonly words: string;
  readonly holes: readonly Node[];
}

/** A template or a sum of texts, also by way of a variable; undefined when nothing is put in. */
function builtText(expression: Node, around: readonly Node[]): BuiltText | undefined {
  const node = unwrapped(expression);
  if (node.type === 'Identifier') {
    const value = declaredValue(node.name, around);
    return value && value.type !== 'Identifier' ? builtText(value, around) : undefined;
  }
  if (node.type === 'TemplateLiteral')
    return { words: node.quasis.map(({ value }) => value.cooked ?? '').join(' x '), holes: node.expressions };
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const parts = partsOfSum(node).map((part): BuiltText => {
    if (part.type === 'StringLiteral') return { words: part.value, holes: [] };
    const inner = part.type === 'TemplateLiteral' ? builtText(part, around) : undefined;
    return inner ?? { words: ' x ', holes: [part] };
  });
  return { words: parts.map(({ words }) => words).join(''), holes: parts.flatMap(({ holes }) => holes) };
}

function partsOfSum(node: Node): Node[] {
  const plain = unwrapped(node);
  if (plain.type !== 'BinaryExpression' || plain.operator !== '+') return [plain];
  return [...partsOfSum(plain.left), ...partsOfSum(plain.right)];
}

/** `exec` of child_process with a command that is put together; `spawn` with a shell. */
export const builtCommand: Detector = (node, around, module) => {
  if (!isCall(node)) return undefined;
  const name = processFunction(node.callee, module);
  const [command, ...rest] = node.arguments;
  if (name === undefined || !command) return undefined;
  const inShell = /^exec(?:Sync)?$/.test(name) || rest.some(asksForShell);
  const parts = inShell ? [command, ...rest.filter(({ type }) => type === 'ArrayExpression')] : [command];
  const open = parts.filter((part) => !isSettled(part, around));
  const reached = open.some((part) => isReached(part, around));
  if (open.length === 0 || (!inShell && !reached)) return undefined;
  return {
    node,
    reached,
    message:
      'What somebody types becomes part of a command on the server: whoever finds out can run any program there.',
    remedy: 'Use execFile with the program as a constant and the values as an array of arguments.',
  };
};

function asksForShell(argument: Node): boolean {
  return (
    argument.type === 'ObjectExpression' &&
    argument.properties.some(
      (property) =>
        property.type === 'ObjectProperty' &&
        property.key.type === 'Identifier' &&
        property.key.name === 'shell' &&
        !(property.value.type === 'BooleanLiteral' && !property.value.value),
    )
  );
}

/** The name in child_process of what is called here: imported, of a namespace, or made a promise of. */
function processFunction(callee: Node, module: Module): string | undefined {
  if (!/child_process|execa|shelljs/.test(module.text)) return undefined;
  const taken = importsOf(module).filter(({ specifier }) => /^(?:node:)?child_process$/.test(specifier));
  const names = taken.flatMap(({ names: imported }) => imported);
  if (callee.type === 'Identifier') {
    const direct = names.find(({ local }) => local === callee.name)?.imported;
    const promised = promisedFunction(callee.name, module);
    return direct ?? (names.some(({ local }) => local === promised) ? promised : undefined);
  }
  const object = objectOf(callee);
  const isNamespace =
    object?.type === 'Identifier' &&
    names.some(({ local, imported }) => local === object.name && /^(?:\*|default)$/.test(imported));
  return isNamespace ? memberNameOf(callee) : undefined;
}

/** `exec` for `const run = promisify(exec)`. */
function promisedFunction(name: string, { text }: Module): string | undefined {
  return new RegExp(`\\b${name.replaceAll('$', '\\$')}\\s*=\\s*(?:util\\.)?promisify\\(\\s*(?:\\w+\\.)?(\\w+)`).exec(
    text,
  )?.[1];
}

/** `eval(x)`, `new Function(x)`, `setTimeout('code')`. */
export const builtProgram: Detector = (node, around): Danger | undefined => {
  if (!isCall(node) && node.type !== 'NewExpression') return undefined;
  const { callee } = node;
  const isEval = isCall(node) && callee.type === 'Identifier' && callee.name === 'eval';
  const isFunctionMaker = callee.type === 'Identifier' && callee.name === 'Function';
  const [code] = node.arguments.toReversed();
  if ((!isEval && !isFunctionMaker) || !code || isSettled(code, around)) return undefined;
  return {
    node,
    reached: isReached(code, around),
    message: 'A text is run as a program: whoever can influence the text runs their own code here.',
    remedy: 'Do without eval: read data with JSON.parse, choose functions from a table.',
  };
};
