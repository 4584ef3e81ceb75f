import type { Kit } from './kit.ts';

/** Whether somebody becomes a user by an invitation: not where users stand in a setting, which an app cannot write. */
export function invites({ parts, identity, signUp }: Pick<Kit, 'parts' | 'identity' | 'signUp'>): boolean {
  return parts.has('auth') && identity === 'better-auth' && signUp === 'invite';
}
