-- The tables that this adapter's queries read, as the vendor defines them, in the words of PostgreSQL.
-- Used by the conformance exam to prove the queries; never run against a source.
CREATE TABLE s_community (
  community_id varchar(30),
  b_id varchar(30),
  name varchar(100),
  address varchar(200),
  nearby_landmarks varchar(200),
  city_code varchar(12),
  map_x varchar(20),
  map_y varchar(20),
  create_time timestamp,
  status_cd varchar(2),
  state varchar(4),
  community_area decimal(10,2),
  tel varchar(200),
  pay_fee_month bigint,
  fee_price decimal(10,2),
  qr_code varchar(512)
);
CREATE TABLE f_floor (
  floor_id varchar(30),
  b_id varchar(30),
  floor_num varchar(64),
  name varchar(100),
  user_id varchar(30),
  remark varchar(200),
  create_time timestamp,
  status_cd varchar(2),
  community_id varchar(30),
  floor_area decimal(10,2),
  seq integer
);
CREATE TABLE building_unit (
  unit_id varchar(30),
  b_id varchar(30),
  unit_num varchar(12),
  floor_id varchar(30),
  layer_count integer,
  lift varchar(4),
  user_id varchar(30),
  remark varchar(200),
  create_time timestamp,
  status_cd varchar(2),
  unit_area decimal(10,2)
);
CREATE TABLE building_room (
  room_id varchar(30),
  b_id varchar(30),
  room_num varchar(64),
  unit_id varchar(30),
  layer varchar(12),
  section integer,
  apartment varchar(20),
  built_up_area decimal(12,2),
  fee_coefficient decimal(12,2),
  user_id varchar(30),
  remark varchar(200),
  create_time timestamp,
  status_cd varchar(2),
  state varchar(4),
  community_id varchar(30),
  room_type varchar(12),
  room_sub_type varchar(12),
  room_area decimal(12,2),
  room_rent decimal(10,2)
);
CREATE TABLE building_owner (
  member_id varchar(30),
  owner_id varchar(30),
  b_id varchar(30),
  name varchar(64),
  sex varchar(12),
  age varchar(12),
  link varchar(11),
  user_id varchar(30),
  remark varchar(200),
  create_time timestamp,
  status_cd varchar(2),
  owner_type_cd varchar(4),
  community_id varchar(30),
  id_card varchar(64),
  state varchar(12),
  owner_flag varchar(12),
  address varchar(255),
  person_type varchar(12),
  person_role varchar(12),
  concact_person varchar(64),
  concact_link varchar(11),
  face_url varchar(512)
);
CREATE TABLE building_owner_room_rel (
  rel_id varchar(30),
  owner_id varchar(30),
  room_id varchar(30),
  b_id varchar(30),
  state varchar(4),
  user_id varchar(30),
  remark varchar(200),
  create_time timestamp,
  status_cd varchar(2),
  start_time timestamp,
  end_time timestamp
);
