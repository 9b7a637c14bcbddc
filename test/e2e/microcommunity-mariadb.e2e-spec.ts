import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { format } from 'mysql2';
import { Cli } from '../kit/cli.js';
import { asking, started } from '../kit/cli-program.js';
import { mariadbInstalled, testMariadb, type TestMariadb } from '../kit/mariadb.js';
import { MICROCOMMUNITY_TABLES } from '../kit/microcommunity-tables.js';
import {
  EXTRA_RELATIONS,
  insert,
  microCommunity,
  ownerRow,
  OWNERS,
  relationOf,
  ROOMS,
  type Owner,
  type OwnerKind,
} from '../kit/microcommunity.js';
import { SeededRandom } from '../kit/random.js';
import { syntheticId } from '../kit/sync-bench.js';

jest.setTimeout(300_000);

const suite = mariadbInstalled("a property company's MariaDB, added by the command line alone")
  ? describe
  : describe.skip;

interface Run {
  stream: string;
  state: string;
  balanced: boolean;
  counts: Record<string, number>;
  skippedReasons: Record<string, number>;
  error: string | null;
}

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, one) => all + one, 0);
const owned = (...kinds: OwnerKind[]): number => kinds.reduce((all, kind) => all + OWNERS[kind], 0);

suite("a property company's MariaDB, filled by its own program", () => {
  const home = join(tmpdir(), `isthmus-wuye-${randomUUID()}`);
  const passwordFile = join(home, 'password');
  const cli = new Cli({
    ...{ PORT: '0', ISTHMUS_DEMO: 'off', ISTHMUS_SYNC_PAGE: '120' },
    ...{ ISTHMUS_DATA_DIR: join(home, 'data'), ISTHMUS_TOWN_DIR: join(home, 'town') },
  });
  const data = microCommunity();
  let mariadb: TestMariadb;
  let program: ChildProcess;
  /** Statements of the property company's own program. */
  const change = (...statements: string[]): Promise<void> => mariadb.run('USE hc_community', ...statements);

  beforeAll(async () => {
    mkdirSync(home, { mode: 0o700 });
    mariadb = await testMariadb();
    await mariadb.run(
      'CREATE DATABASE hc_community CHARACTER SET utf8mb4',
      "CREATE USER readonly IDENTIFIED BY '测p@ss ''1'",
    );
    await change(...MICROCOMMUNITY_TABLES, ...data.inserts);
    for (const table of [
      's_community',
      'f_floor',
      'building_unit',
      'building_room',
      'building_owner',
      'building_owner_room_rel',
    ])
      await mariadb.run(`GRANT SELECT ON hc_community.${table} TO readonly`);
    writeFileSync(passwordFile, "测p@ss '1\n", { mode: 0o600 });
    program = await started(cli);
  });
  afterAll(async () => {
    if (program?.exitCode === null) {
      const ended = once(program, 'exit');
      program.kill('SIGTERM');
      await ended;
    }
    await mariadb?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const add = (file = passwordFile): string[] => [
    ...[
      'source',
      'add',
      'wuye',
      '--adapter',
      'property-microcommunity',
      '--set',
      'engine=mariadb',
      '--set',
      'host=127.0.0.1',
    ],
    ...['--set', `port=${mariadb.port}`, '--set', 'database=hc_community', '--set', 'user=readonly'],
    ...['--secret', `password=@${file}`],
  ];
  const sync = async (): Promise<Record<string, Run>> => {
    const { runs } = await cli.json<{ runs: Run[] }>(['source', 'sync', 'wuye', '--wait']);
    return Object.fromEntries(runs.map((run) => [run.stream, run]));
  };
  /** A run that went well: what is not named did not happen. */
  const well = (counts: Record<string, number>, skippedReasons: Record<string, number>): object => ({
    state: 'SUCCEEDED',
    balanced: true,
    error: null,
    counts: {
      ...{ created: 0, updated: 0, unchanged: 0, revived: 0, deletedByMessage: 0, deletedByAbsence: 0 },
      ...counts,
    },
    skippedReasons,
  });

  it('is not added with a wrong password, which is named with its cure', async () => {
    const wrong = join(home, 'wrong');
    writeFileSync(wrong, 'guess-hunter2\n');
    const ran = await cli.run([...add(wrong), '--lang', 'en']);
    expect(ran).toMatchObject({ code: 3 });
    expect(ran.stderr).toMatch(/CONNECTOR_AUTH[^]*sign-in[^]*Cure: .*password/);
    expect(ran.stderr + ran.stdout).not.toContain('hunter2');
    expect(await cli.json(['source', 'list'])).toEqual({ sources: [] });
  });

  it('is added, and every stream syncs in balance', async () => {
    expect(await cli.json(add())).toMatchObject({ id: 'wuye', added: true, check: { ok: true } });
    const runs = await sync();
    const read = sum(OWNERS);
    const live = read - owned('virtual', 'softDeleted', 'unknownSex', 'damagedName');
    expect(runs['owners']).toMatchObject(
      well(
        { read, created: live, quarantined: 4, skipped: 23, liveBefore: 0, liveAfter: live },
        { 'virtual-owner': OWNERS.virtual, 'already-deleted': OWNERS.softDeleted },
      ),
    );
    const rooms = ROOMS.plain + ROOMS.noUnit;
    expect([sum(ROOMS), read, live, rooms]).toEqual([322, 502, 475, 250]);
    const roomsGone = ROOMS.softDeleted + ROOMS.unitDeleted + ROOMS.floorDeleted;
    expect(runs['rooms']).toMatchObject(
      well(
        {
          read: 322,
          created: rooms,
          quarantined: ROOMS.unknownState,
          skipped: roomsGone,
          liveBefore: 0,
          liveAfter: rooms,
        },
        { 'already-deleted': roomsGone },
      ),
    );
    const relations = read - owned('virtual', 'softDeleted') + EXTRA_RELATIONS.secondRoom + EXTRA_RELATIONS.ownerGone;
    expect(runs['occupancies']).toMatchObject(
      well(
        {
          ...{ read: read + sum(EXTRA_RELATIONS), created: relations, liveBefore: 0, liveAfter: relations },
          ...{ quarantined: EXTRA_RELATIONS.unknownState, skipped: 8 + 15 + 12 },
        },
        { 'virtual-owner': 8, 'already-deleted': 15 + 12 },
      ),
    );
    const { sources } = await cli.json<{ sources: { runs: Run[]; quarantine: object[] }[] }>([
      'source',
      'status',
      'wuye',
    ]);
    expect(sources).toMatchObject([{ id: 'wuye', state: 'OK', domain: 'property', records: live + rooms + relations }]);
    expect(sources[0]!.runs.map(({ stream, state, balanced }) => [stream, state, balanced]).sort()).toEqual(
      ['occupancies', 'owners', 'rooms'].map((stream) => [stream, 'SUCCEEDED', true]),
    );
    const reasons = sources[0]!.quarantine;
    expect(reasons).toHaveLength(4);
    for (const [stream, count, reason] of [
      ['owners', 2, 'MAPPING_UNKNOWN_CODE'],
      ['owners', 2, 'MAPPING_INVALID_VALUE'],
      ['rooms', 2, 'MAPPING_UNKNOWN_CODE'],
      ['occupancies', 2, 'MAPPING_UNKNOWN_CODE'],
    ])
      expect(reasons).toContainEqual(expect.objectContaining({ stream, count, reason }));
  });

  it('follows what changed since, row by row', async () => {
    const [renamed, left, deleted, ...others] = data.of('plain').slice(10);
    const [company] = data.of('company');
    const hidden = others[0]!;
    const newcomer = {
      ...{ kind: 'plain' as const, memberId: '772088888888888888', name: '𬭎新', idCard: syntheticId(9999) },
      ...{ sex: '1', link: '13700001234', relId: '902088888888888888', roomId: renamed!.roomId },
    };
    const set = (assignment: string, { memberId }: { memberId: string }): string =>
      format(`UPDATE building_owner SET ${assignment} WHERE member_id = ?`, [memberId]);
    await change(
      set("name = '改𠮷名'", renamed!),
      set("name = '测试市改名商贸有限公司'", company!),
      set(`link = '139****${hidden.link.slice(7)}'`, hidden),
      set("status_cd = '1'", left!),
      format('DELETE FROM building_owner WHERE member_id = ?', [deleted!.memberId]),
      format('DELETE FROM building_owner_room_rel WHERE owner_id = ?', [deleted!.memberId]),
      insert('building_owner', [ownerRow(newcomer)]),
      insert('building_owner_room_rel', [relationOf(new SeededRandom(1))(newcomer)]),
    );
    const runs = await sync();
    const [owners, relations] = [475, 501];
    expect(runs['owners']).toMatchObject(
      well(
        {
          ...{ read: 502, created: 1, updated: 3, unchanged: owners - 5, deletedByMessage: 1, deletedByAbsence: 1 },
          ...{ quarantined: 4, skipped: 23, liveBefore: owners, liveAfter: owners - 1 },
        },
        { 'virtual-owner': 8, 'already-deleted': 15 },
      ),
    );
    // An owner's new name is no news of his relation; a company's stands in it, and so does a hidden telephone number.
    expect(runs['occupancies']).toMatchObject(
      well(
        {
          ...{ read: 538, created: 1, updated: 2, unchanged: relations - 4, deletedByMessage: 1, deletedByAbsence: 1 },
          ...{ quarantined: 2, skipped: 35, liveBefore: relations, liveAfter: relations - 1 },
        },
        { 'virtual-owner': 8, 'already-deleted': 27 },
      ),
    );
    expect(runs['rooms']).toMatchObject(
      well(
        { read: 322, unchanged: 250, quarantined: 2, skipped: 70, liveBefore: 250, liveAfter: 250 },
        { 'already-deleted': 70 },
      ),
    );
  });

  it('answers with what the columns mean, not with what they are called', async () => {
    const first = (kind: OwnerKind): Owner => data.of(kind)[0]!;
    const [renamed, left, deleted, hidden] = data.of('plain').slice(10) as [Owner, Owner, Owner, Owner];
    const ask = await asking(cli, home);
    const { people: rare } = await ask(data.of('rareName'));
    expect(rare).toMatchObject(
      data.of('rareName').map(({ name, sex }) => [{ name, sex: { '0': '1', '1': '2' }[sex] }]),
    );

    const asked = [first('plain'), first('fifteenDigits'), first('maskedNumber'), first('tenant'), renamed, hidden];
    const { people, disclosure } = await ask(asked);
    const idNumber = expect.stringMatching(/^9901\*+\w{4}$/);
    const owner = { role: 'owner', isPrimary: true, startDate: '2019-03-01', endDate: null };
    expect(people).toMatchObject([
      [{ name: first('plain').name, idNumber, occupancies: [owner] }],
      [{ idNumber }],
      [{ idNumber: null }],
      [{ occupancies: [{ role: 'tenant', endDate: '2027-02-28' }] }],
      [{ name: '改𠮷名' }],
      // The number that the source hides now stays known from the time before.
      [{ mobile: hidden.link }],
    ]);
    expect(disclosure('p2', 'idNumber')).toMatchObject([{ state: 'MASKED_AT_SOURCE' }]);
    expect(disclosure('p5', 'mobile')).toMatchObject([{ state: 'VALUE', rule: 'masked-now', stale: true }]);

    const { people: none } = await ask([left, deleted, first('virtual'), first('company'), first('softDeleted')]);
    expect(none).toEqual([[], [], [], [], []]);
  });

  it('says that the sign-in is refused when the password was changed, and goes on when it is right again', async () => {
    await mariadb.run("SET PASSWORD FOR readonly = PASSWORD('another')");
    const ran = await cli.run(['source', 'sync', 'wuye', '--wait', '--lang', 'en']);
    expect(ran).toMatchObject({ code: 3 });
    expect(ran.stderr).toMatch(/CONNECTOR_AUTH[^]*fault of source[^]*Cure: .*password/);
    const down = await cli.json<{ sources: object[] }>(['source', 'status', 'wuye']);
    expect(down.sources).toMatchObject([{ state: 'DOWN' }]);

    await mariadb.run("SET PASSWORD FOR readonly = PASSWORD('测p@ss ''1')");
    const back = data.of('plain')[11]!;
    await change(format("UPDATE building_owner SET status_cd = '0' WHERE member_id = ?", [back.memberId]));
    const { owners, occupancies, rooms } = await sync();
    expect(owners).toMatchObject({
      state: 'SUCCEEDED',
      balanced: true,
      counts: { revived: 1, unchanged: 474, liveAfter: 475 },
    });
    expect(occupancies).toMatchObject({
      state: 'SUCCEEDED',
      balanced: true,
      counts: { revived: 1, unchanged: 500, liveAfter: 501 },
    });
    expect(rooms).toMatchObject({ state: 'SUCCEEDED', balanced: true, counts: { unchanged: 250 } });
  });

  it('is removed, its password with it', async () => {
    expect(await cli.json(['source', 'remove', 'wuye', '--yes'])).toEqual({ id: 'wuye', removed: true });
    expect(await cli.json(['source', 'list'])).toEqual({ sources: [] });
    expect(await cli.run(['source', 'sync', 'wuye'])).toMatchObject({ code: 2 });
  });
});
