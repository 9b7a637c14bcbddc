/** A variable that an operator names on the command line (`--secret password=env:NAME`); undefined when empty. */
export const environmentValue = (name: string): string | undefined => process.env[name] || undefined;

/** What a program that we start is given: everything but our own settings, for they hold secrets of ours. */
export const childEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(ISTHMUS_|REDIS_URL|NODE_OPTIONS$)/.test(entry[0]),
    ),
  );
