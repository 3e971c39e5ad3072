-- The reason of a program apart from the words of a person, for which anybody could have typed it.
-- The evidence has it in the detail of its row, and a search is a program's by itself.
alter table reviewed_look add column given text;
alter table reviewed_look add constraint reviewed_look_given_known
  check (given in ('stamp', 'report', 'letter', 'case'));
update reviewed_look set given = case act when 'search' then 'stamp' else 'report' end
  where act in ('search', 'initiate');
