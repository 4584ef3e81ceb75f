import runtime from 'handlebars/runtime.js';
import type { Templates, Values } from '../flow/templates.ts';
import { folderLister } from './template-folders.ts';

/** The runtime half of Handlebars, whose own types are those of an empty module. */
const Handlebars = runtime as unknown as Pick<typeof import('handlebars'), 'template'>;

/** What `npm run build` packs: plain files as text, `*.hbs` files as precompiled template specifications. */
export interface PackedTemplates {
  readonly files: Readonly<Record<string, string>>;
  readonly compiled: Readonly<Record<string, object>>;
}

/** The templates of an installed shipshape: one module, nothing to read or compile at start. */
export function packedTemplates({ files, compiled }: PackedTemplates): Templates {
  const render = (path: string, values: Values): string => {
    const specification = compiled[path];
    if (specification) return Handlebars.template(specification as TemplateSpecification)(values);
    const text = files[path];
    if (text === undefined) throw new Error(`there is no template ${path}`);
    return text;
  };
  return { list: folderLister([...Object.keys(files), ...Object.keys(compiled)].toSorted()), render };
}
