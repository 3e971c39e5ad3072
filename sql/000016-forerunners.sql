-- Cases that were saved together with one and must be decided before it: protection before a move.

alter table incident add column after_ids text[] not null default '{}';
