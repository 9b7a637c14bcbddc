import { userInfo } from 'node:os';

/** Whoever sits at this machine acts under his account's name. */
export const operatorHere = (): { actor: string; unit: string; person: string } => ({
  actor: 'cli',
  unit: 'cli',
  person: accountName() || 'cli',
});

/** Not every container's user has an account. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
