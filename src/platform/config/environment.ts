/** A variable that an operator names on the command line (`--secret password=env:NAME`); undefined when empty. */
export const environmentValue = (name: string): string | undefined => process.env[name] || undefined;
