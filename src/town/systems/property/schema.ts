/** Which columns of each table the town fills; the others keep their defaults. */
export const COPIED = {
  s_community: [
    ...['community_id', 'name', 'address', 'nearby_landmarks', 'city_code', 'map_x', 'map_y', 'create_time', 'state'],
    'community_area',
  ],
  f_floor: ['floor_id', 'floor_num', 'name', 'user_id', 'create_time', 'community_id', 'floor_area', 'seq'],
  building_unit: [...['unit_id', 'unit_num', 'floor_id', 'layer_count', 'lift', 'user_id', 'create_time', 'unit_area']],
  building_room: [
    ...['room_id', 'room_num', 'unit_id', 'layer', 'section', 'apartment', 'built_up_area', 'user_id', 'create_time'],
    ...['state', 'community_id', 'room_type', 'room_sub_type', 'room_area'],
  ],
  building_owner: [
    ...['member_id', 'owner_id', 'name', 'sex', 'age', 'link', 'user_id', 'create_time', 'status_cd', 'owner_type_cd'],
    ...['community_id', 'id_card', 'state', 'owner_flag', 'address', 'person_type', 'person_role', 'concact_person'],
    'concact_link',
  ],
  building_owner_room_rel: [
    ...['rel_id', 'owner_id', 'room_id', 'state', 'user_id', 'create_time', 'status_cd', 'start_time', 'end_time'],
  ],
} as const;
export type TableName = keyof typeof COPIED;

/** MicroCommunity's tables (docs/db/TT.sql), column by column, in PostgreSQL's types. No update time anywhere. */
export const TABLES = `
CREATE TABLE s_community (
  community_id varchar(30) NOT NULL UNIQUE, b_id varchar(30) NOT NULL DEFAULT '-1', name varchar(100) NOT NULL,
  address varchar(200) NOT NULL, nearby_landmarks varchar(200), city_code varchar(12) NOT NULL,
  map_x varchar(20) NOT NULL, map_y varchar(20) NOT NULL, create_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  status_cd varchar(2) NOT NULL DEFAULT '0', state varchar(4) DEFAULT '1000', community_area numeric(10,2) DEFAULT 0.00,
  tel varchar(200), pay_fee_month bigint NOT NULL DEFAULT 12, fee_price numeric(10,2) NOT NULL DEFAULT 0.00,
  qr_code varchar(512));
CREATE TABLE f_floor (
  floor_id varchar(30) NOT NULL UNIQUE, b_id varchar(30), floor_num varchar(64) NOT NULL, name varchar(100) NOT NULL,
  user_id varchar(30) NOT NULL, remark varchar(200), create_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  status_cd varchar(2) NOT NULL DEFAULT '0', community_id varchar(30) NOT NULL DEFAULT '-1',
  floor_area numeric(10,2) NOT NULL, seq integer NOT NULL DEFAULT 1);
CREATE TABLE building_unit (
  unit_id varchar(30) NOT NULL UNIQUE, b_id varchar(30), unit_num varchar(12) NOT NULL, floor_id varchar(30) NOT NULL,
  layer_count integer NOT NULL, lift varchar(4) NOT NULL, user_id varchar(30) NOT NULL, remark varchar(200),
  create_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, status_cd varchar(2) NOT NULL DEFAULT '0',
  unit_area numeric(10,2) NOT NULL);
CREATE TABLE building_room (
  room_id varchar(30) NOT NULL UNIQUE, b_id varchar(30), room_num varchar(64) NOT NULL, unit_id varchar(30) NOT NULL,
  layer varchar(12) NOT NULL, section integer, apartment varchar(20) NOT NULL, built_up_area numeric(12,2) NOT NULL,
  fee_coefficient numeric(12,2) NOT NULL DEFAULT 1.00, user_id varchar(30) NOT NULL, remark varchar(200),
  create_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, status_cd varchar(2) NOT NULL DEFAULT '0',
  state varchar(4) NOT NULL, community_id varchar(30), room_type varchar(12) NOT NULL DEFAULT '1010301',
  room_sub_type varchar(12) NOT NULL DEFAULT '110', room_area numeric(12,2) NOT NULL,
  room_rent numeric(10,2) NOT NULL DEFAULT 0.00);
CREATE TABLE building_owner (
  member_id varchar(30) NOT NULL UNIQUE, owner_id varchar(30) NOT NULL, b_id varchar(30), name varchar(64) NOT NULL,
  sex varchar(12) NOT NULL, age varchar(12), link varchar(11) NOT NULL, user_id varchar(30) NOT NULL,
  remark varchar(200), create_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  status_cd varchar(2) NOT NULL DEFAULT '0', owner_type_cd varchar(4) NOT NULL DEFAULT '1001',
  community_id varchar(30), id_card varchar(64), state varchar(12) NOT NULL DEFAULT '2000',
  owner_flag varchar(12) NOT NULL DEFAULT 'T', address varchar(255), person_type varchar(12) NOT NULL DEFAULT 'P',
  person_role varchar(12) NOT NULL DEFAULT '1', concact_person varchar(64), concact_link varchar(11),
  face_url varchar(512));
CREATE TABLE building_owner_room_rel (
  rel_id varchar(30) NOT NULL UNIQUE, owner_id varchar(30) NOT NULL, room_id varchar(30) NOT NULL, b_id varchar(30),
  state varchar(4) NOT NULL, user_id varchar(30) NOT NULL, remark varchar(200),
  create_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, status_cd varchar(2) NOT NULL DEFAULT '0',
  start_time timestamp NOT NULL, end_time timestamp NOT NULL);
CREATE TABLE t_dict (
  id integer PRIMARY KEY, status_cd varchar(64) NOT NULL, name varchar(50) NOT NULL, description varchar(200),
  create_time timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, table_name varchar(50), table_columns varchar(50));
`;

export const INDEXES = `
CREATE INDEX ON building_unit (floor_id);
CREATE INDEX ON building_room (unit_id);
CREATE INDEX ON building_owner (owner_id);
CREATE INDEX ON building_owner (community_id);
CREATE INDEX ON building_owner_room_rel (owner_id);
CREATE INDEX ON building_owner_room_rel (room_id);
`;

/** The vendor's dictionary (t_dict) of the columns above: table.column → code=name. */
export const DICTIONARY: Record<string, string> = {
  'building_room.state':
    '2001=已入住 2002=未销售 2003=已交房 2004=未入住 2005=已装修 2006=已出租 2007=已出售 2008=空闲 2009=装修中',
  'building_room.room_type': '1010301=业主房屋 2020602=商铺 2020702=大厦 2020802=学校 2020902=停车场',
  'building_room.room_sub_type': '110=住宅 119=办公室 120=宿舍 128=储物间',
  'building_owner.owner_type_cd': '1001=户主 1002=户员',
  'building_owner.person_type': 'P=个人 C=公司',
  'building_owner.person_role': '1=业主 2=租客 3=家庭成员 4=公司员工 99=其他',
  'building_owner.state': '1000=待审核 2000=审核完成 3000=审核拒绝',
  'building_owner_room_rel.state': '2001=业主未迁入 2002=业主迁入 2003=业主迁出',
  's_community.state': '1000=待审核 1100=审核通过 1200=拒绝审核',
};
