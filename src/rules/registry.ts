// Generated from the folder names by `npm run registries`.
import ownershipOwnerDeclared from './ownership/owner-declared.ts';
import securityDangerousCalls from './security/dangerous-calls.ts';
import type { Rule } from './rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [ownershipOwnerDeclared, securityDangerousCalls];
