/** Below it lies the address of every pushed stream: `<path><source>/<stream>`. */
export const PUSH_PATH = '/push/';
