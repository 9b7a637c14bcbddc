export interface WhichOptions {
  reason?: string;
  first: string;
}
export interface ShowOptions {
  purpose?: string;
  case?: string;
}
export interface ReplayOptions {
  reason?: string;
  wait?: boolean;
}
export interface ResolveOptions {
  reason: string;
}
export interface DownloadOptions {
  purpose: string;
  case: string;
  stream?: string;
  reason?: string;
  format: string;
  to: string;
}
