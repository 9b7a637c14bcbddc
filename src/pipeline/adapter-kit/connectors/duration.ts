const PATTERN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** An ISO 8601 duration of days, hours, minutes and seconds in milliseconds. @throws TypeError for anything else. */
export function durationMs(text: string): number {
  const match = PATTERN.exec(text);
  if (!match || match.slice(1).every((part) => part === undefined))
    throw new TypeError('not a duration of days to seconds');
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days! * 24 + hours!) * 60 + minutes!) * 60_000 + seconds! * 1000;
}
