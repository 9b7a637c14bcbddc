/** A failure that the operator can mend: what is wrong, and the cure. */
export class TownError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly cure: string,
  ) {
    super(message);
    this.name = 'TownError';
  }
}
