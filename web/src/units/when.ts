const locale = typeof navigator === 'undefined' ? 'en-GB' : navigator.language;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let made = formats.get(name);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, options);
    formats.set(name, made);
  }
  return made;
}

const clockOptions: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** `20:02` */
export const clock = (at: number): string => format('clock', clockOptions).format(at);
/** `20:02:14` */
export const clockSeconds = (at: number): string => format('seconds', { ...clockOptions, second: '2-digit' }).format(at);
/** `Thu 19` */
export const weekday = (at: number): string => format('weekday', { weekday: 'short', day: 'numeric' }).format(at);
/** `19 Nov` */
export const day = (at: number): string => format('day', { day: 'numeric', month: 'short' }).format(at);
/** `Nov 2026` */
export const month = (at: number): string => format('month', { month: 'short', year: 'numeric' }).format(at);
/** The zone the figures are in, for tooltips: `UTC+1`. */
export const zone = (at: number): string =>
  format('zone', { timeZoneName: 'short' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value ?? '';

/** `20:02` today, `Thu 19 Nov 20:02` this year, else with the year. */
export function moment(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return clock(at);
  const dated =
    date.getFullYear() === today.getFullYear()
      ? format('dated', { weekday: 'short', day: 'numeric', month: 'short' })
      : format('full', { day: 'numeric', month: 'short', year: 'numeric' });
  return `${dated.format(at)} ${clock(at)}`;
}

/** Everything, for a tooltip: date, time with seconds, zone. */
export const exactly = (at: number): string =>
  format('exact', { dateStyle: 'medium', timeStyle: 'medium' }).format(at).concat(' ', zone(at)).trim();

/** `20:02 – 20:07`, with dates when the two ends lie on different days. */
export function span(from: number, to: number, seconds: boolean): string {
  const write = seconds ? clockSeconds : clock;
  const sameDay = new Date(from).toDateString() === new Date(to).toDateString();
  return sameDay ? `${write(from)}\u2009–\u2009${write(to)}` : `${day(from)} ${write(from)}\u2009–\u2009${day(to)} ${write(to)}`;
}
