/** The part of the bench's report (`npm run bench -- --json FILE`) that a plan is made from. */
export interface BenchReport {
  machine: string;
  commit: string;
  results: { name: string; value: number; unit: string }[];
}

/** What a city is taken to be; everything else in the plan is measured. */
export const CITY = {
  people: 10_000_000,
  districts: 12,
  /** Share of records that change in a day. */
  changedADay: 0.01,
  /** Hours in which the first load shall be through, and in which every night's complete reading shall. */
  firstHours: 24,
  nightHours: 4,
  clerks: 5_000,
  /** Questions of one clerk in the busiest hour. */
  questionsAnHour: 60,
  /** Share of a machine that stays free. */
  reserve: 0.5,
} as const;

const MARKS = /(<!-- plan:begin[^]*?-->)[^]*?(<!-- plan:end -->)/;

/** Puts the plan between the marks of a page. @throws Error when the page has no marks or a figure is missing. */
export function withPlan(page: string, report: BenchReport): string {
  if (!MARKS.test(page)) throw new Error('the page has no place for the plan: <!-- plan:begin --> … <!-- plan:end -->');
  return page.replace(MARKS, (_, begin: string, end: string) => `${begin}\n\n${cityPlan(report)}\n\n${end}`);
}

/** The tables: what was measured, and what follows from it for a city. */
export function cityPlan(report: BenchReport): string {
  const value = (begins: string): number => {
    const found = report.results.find(({ name }) => name.startsWith(begins));
    if (!found) throw new Error(`the bench's report has no figure '${begins}…'`);
    return found.value;
  };
  const cores = Number.parseInt(report.machine, 10);
  const first = value('first sync');
  const unchanged = value('unchanged re-sync');
  const mixed = value('5 % changed + 1 % deleted');
  const linked = value('link + unify');
  const answered = value('resident, 16 connections');
  const { people, districts, changedADay, firstHours, nightHours, clerks, questionsAnHour, reserve } = CITY;
  const records = people * value('source records a person');
  const persons = people * value('person records a person');
  // A night's reading lies between one that finds nothing new and the measured one that finds 6 %.
  const nightly = 1 / unchanged + (1 / mixed - 1 / unchanged) * (changedADay / 0.06);
  const hours = {
    first: records / first / 3600,
    link: persons / linked / 3600,
    night: (records * nightly) / 3600,
    relink: (persons * changedADay) / linked / 3600,
  };
  const perSecond = (clerks * questionsAnHour) / 3600;
  const free = 1 - reserve;
  const machines = {
    first: Math.ceil((hours.first + hours.link) / firstHours / free),
    night: Math.ceil((hours.night + hours.relink) / nightHours / free),
    answers: Math.ceil(perSecond / answered / free),
  };
  const lasting = machines.night + machines.answers;
  const measured = table(
    ['measured', 'figure'],
    [
      ['machine', `${report.machine}, PostgreSQL on the same cores (commit ${report.commit})`],
      ['first sync', `${whole(first)} records/s: ${fixed((cores * 1e6) / first)} µs of the machine’s cores a record`],
      ['… of it Node', `${fixed(value('first sync: Node CPU'))} µs of CPU a record`],
      ['unchanged re-sync', `${whole(unchanged)} records/s`],
      ['5 % changed + 1 % deleted', `${whole(mixed)} records/s`],
      ['link + unify', `${whole(linked)} persons/s`],
      [
        'one resident over four sources',
        `${fixed(value('resident, 1 connection: p50'))} ms alone; ${whole(answered)}/s at 16 connections, ` +
          `p99 ${fixed(value('resident, 16 connections: p99'))} ms`,
      ],
      [
        'the demo town',
        `${fixed(records / people)} source records a person, ${fixed(persons / people)} about the person`,
      ],
      ['database', `${fixed(value('database a person'))} KiB a person, links, golden records and indexes included`],
    ],
  );
  const follows = table(
    ['for the city', 'arithmetic', 'result'],
    [
      ['people', 'assumed', `${whole(people)} in ${districts} districts`],
      ['source records', `${whole(people)} × ${fixed(records / people)}`, whole(records)],
      [
        'database',
        `${whole(people)} × ${fixed(value('database a person'))} KiB`,
        size(people * value('database a person')),
      ],
      ['first sync, one machine', `${whole(records)} ÷ ${whole(first)}/s`, `${fixed(hours.first)} h`],
      ['link + unify, one machine', `${whole(persons)} ÷ ${whole(linked)}/s`, `${fixed(hours.link)} h`],
      [
        `machines for a first load in ${firstHours} h`,
        `(${fixed(hours.first)} + ${fixed(hours.link)}) ÷ ${firstHours} ÷ ${free}`,
        String(machines.first),
      ],
      [
        'every record read again each night, one machine',
        `${whole(records)} × ${fixed(nightly * 1e6)} µs (${changedADay * 100} % changed)`,
        `${fixed(hours.night)} h`,
      ],
      [
        'link + unify of what changed, one machine',
        `${whole(persons * changedADay)} ÷ ${whole(linked)}/s`,
        `${fixed(hours.relink)} h`,
      ],
      [
        `machines for a night of ${nightHours} h`,
        `(${fixed(hours.night)} + ${fixed(hours.relink)}) ÷ ${nightHours} ÷ ${free}`,
        String(machines.night),
      ],
      [
        'questions in the busiest hour',
        `${whole(clerks)} clerks × ${questionsAnHour} ÷ 3600 s`,
        `${fixed(perSecond)}/s`,
      ],
      ['machines to answer', `${fixed(perSecond)} ÷ ${whole(answered)}/s ÷ ${free}`, String(machines.answers)],
      ['machines that stay', `${machines.night} + ${machines.answers}`, `${lasting} of the measured kind`],
      ['cores that stay', `${lasting} × ${cores}`, String(lasting * cores)],
      [
        'first load of one district, one machine',
        `(${fixed(hours.first)} + ${fixed(hours.link)}) ÷ ${districts}`,
        `${fixed((hours.first + hours.link) / districts)} h`,
      ],
    ],
  );
  return `${measured}\n\n${follows}`;
}

const whole = (value: number): string => String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ' ');

/** As many places as tell something: 1 234 · 12.3 · 1.23 · 0.012. */
const fixed = (value: number): string =>
  value >= 100 ? whole(value) : value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(2);

const size = (kib: number): string => {
  const gib = kib / 2 ** 20;
  return gib >= 1024 ? `${fixed(gib / 1024)} TiB` : `${fixed(gib)} GiB`;
};

/** A Markdown table as the formatter leaves it. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((row) => [...row[at]!].length)));
  const line = (cells: string[], fill = ' '): string =>
    `| ${cells.map((cell, at) => cell + fill.repeat(widths[at]! - [...cell].length)).join(' | ')} |`;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row)),
  ].join('\n');
}
