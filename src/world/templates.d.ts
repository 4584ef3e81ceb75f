/** The module that `npm run build` makes of templates/: it stands beside the bundle. */
import type { PackedTemplates } from './packed-templates.ts';

export const files: PackedTemplates['files'];
export const compiled: PackedTemplates['compiled'];
