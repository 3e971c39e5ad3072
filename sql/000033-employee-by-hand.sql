-- Whose a person code is can be stated by whoever administers person codes by hand, too; the
-- numbers that are stated stay unread.
grant select (person_code), insert, update, delete on employee to samspil_admin;
create policy employee_by_hand on employee to samspil_admin using (true);
