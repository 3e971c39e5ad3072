-- Numbers that an incident gives away, and how a person's children are found.

alter table incident add column vacant char(10)[] not null default '{}';

-- By the parent. Written when a child is registered and never by a move, so that what happens
-- every second pays nothing for what happens rarely.
create index fact_parent on fact ((value ->> 'pnr')) where kind = 'parent';
