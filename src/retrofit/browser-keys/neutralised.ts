import { sourceOf } from '../../code/edit/source.ts';
import type { SpanEdit } from '../../code/edit/spans.ts';
import type { Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code } from '../../frameworks/server.ts';
import { declarationFor, withoutStatement } from './removal.ts';
import { isInside, keptOnServer } from './sdk-clients.ts';

interface Placed {
  readonly module: Module;
  readonly edit: SpanEdit;
}

/** What takes the keys out that stood beside the calls: a name that nothing needs any more goes, any other text is a harmless one from now on. */
export function neutralised(holders: readonly Code[], edits: readonly Placed[]): Placed[] {
  const seen = new Set<Code['node']>();
  return holders.flatMap(({ module, node }): Placed[] => {
    const own = edits.filter((each) => each.module === module).map(({ edit }) => edit);
    if (seen.has(node) || own.some((edit) => edit.end > edit.start && touches(node, edit))) return [];
    seen.add(node);
    const declared = declarationFor(module, node);
    if (declared && !isNeeded(module, declared.name, declared.statement, own))
      return [{ module, edit: withoutStatement(module, declared.statement, 'nothing needs the key here any more') }];
    const { quote } = sourceOf(module).style;
    const why = 'the key is on the server';
    return [
      { module, edit: { start: node.start ?? 0, end: node.end ?? 0, text: `${quote}${keptOnServer}${quote}`, why } },
    ];
  });
}

function touches(node: Code['node'], { start, end }: SpanEdit): boolean {
  return (node.start ?? 0) < end && (node.end ?? 0) > start;
}

/** Whether a name is used outside of what goes. */
function isNeeded(module: Module, name: string, statement: Code['node'], edits: readonly SpanEdit[]): boolean {
  return nodesOf(module.tree, 'Identifier', 'JSXIdentifier').some(
    (each) => each.name === name && !isInside(each, statement) && !edits.some((edit) => isInside(each, edit)),
  );
}
