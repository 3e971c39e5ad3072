-- Children by who has custody, as children by parent; and the word for who acts for another, since
-- a holder is whose a person code is.

create index fact_custody on fact ((value ->> 'pnr')) where kind = 'custody';

alter table incident rename column holder to representative;
alter table incident rename constraint incident_holder_is_another
  to incident_representative_is_another;
alter index incident_holder rename to incident_representative;
