-- The table that the snapshot reads, as the vendor defines it, in the words of PostgreSQL.
-- Used by the conformance exam to prove the query; never run against a source.
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
