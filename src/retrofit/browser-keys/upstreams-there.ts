import type { Node, ObjectProperty } from '@babel/types';
import { keyNameOf, memberNameOf } from '../../code/calls.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Upstream } from '../../dialect/upstreams-file.ts';
import type { Draft } from '../draft.ts';
import { inApp } from '../in-app.ts';
import type { Scene } from '../scene.ts';
import { browserPlanOf } from './browser-plan.ts';

/** The services that pages use through the server: those that the project's guard file names, else those that it is going to name. */
export function upstreamsFor(scene: Scene, draft: Draft): readonly Upstream[] {
  const path = scene.guards && inApp(scene, `guardrails/upstreams.${scene.guards.dialect}`);
  if (path === undefined || draft.bytes(path) === undefined) return browserPlanOf(scene).upstreams;
  const module = draft.repository().module(path);
  const table =
    module &&
    nodesOf(module.tree, 'VariableDeclarator').find(({ id }) => id.type === 'Identifier' && id.name === 'upstreams');
  return propertiesOf(table?.init).flatMap((entry): Upstream[] => {
    const values = new Map(propertiesOf(entry.value).map((each) => [keyNameOf(each), each.value]));
    const text = (name: string): string => textOf(values.get(name));
    const paths = values.get('paths');
    const key = values.get('key');
    const setting = key && memberNameOf(key);
    if (setting === undefined || paths?.type !== 'ArrayExpression') return [];
    const [title, origin, header, scheme] = [text('title'), text('origin'), text('header'), text('scheme')];
    const listed = paths.elements.map((each) => textOf(each));
    return [{ name: keyNameOf(entry) ?? '', title, origin, header, scheme, setting, paths: listed }];
  });
}

function propertiesOf(node: Node | null | undefined): ObjectProperty[] {
  if (node?.type !== 'ObjectExpression') return [];
  return node.properties.filter((each): each is ObjectProperty => each.type === 'ObjectProperty');
}

function textOf(node: Node | null | undefined): string {
  return node?.type === 'StringLiteral' ? node.value : '';
}
