-- What was read, and what is known from it. Ids are 16 hexadecimal digits, hashes of content: the same documents give the same ledger
-- in whatever order they came. Spans are half-open offsets in code points of documents.text.
--
-- Ids are unique by the way they are made, and only the small tables declare it: measured at a million rows, an index costs each batch
-- of 200 documents 0.1 s and the file 35 to 90 MB, while a scan of one column for any number of keys takes 0.02 s. The ids by which
-- answers look rows up are kept uncompressed: hashes shrink by half at most, and packed they take 2.5 times as long to scan.

CREATE TABLE documents (
    id VARCHAR PRIMARY KEY,            -- the document's own id
    kind VARCHAR NOT NULL,             -- 'text' for what was read, 'list' for a curated list that was imported
    name VARCHAR NOT NULL, url VARCHAR, outlet VARCHAR, title VARCHAR, lang VARCHAR NOT NULL,
    published DATE,                    -- NULL when unknown, never today
    earliest DATE, latest DATE,        -- the interval [earliest, latest) in which it was published, as far as that is known
    dating JSON,                       -- why: the tenures, events and dated words that bound it; NULL where it is dated
    text VARCHAR NOT NULL, source VARCHAR NOT NULL,
    blocks JSON NOT NULL,              -- the parts of the page, as {"start", "end", "kind"}
    sentences JSON NOT NULL,           -- as [start, end]
    model VARCHAR NOT NULL, reader VARCHAR NOT NULL,  -- what parsed it, what read it (version and digest of rules and models)
    origin VARCHAR NOT NULL,           -- the document it copies, itself where it copies none (near-duplicate texts)
    minhash BLOB
);

CREATE TABLE signature_bands (band UBIGINT NOT NULL, document VARCHAR NOT NULL);  -- MinHash bands: copies share one

CREATE TABLE actors (                  -- the actors of each document
    id VARCHAR NOT NULL, document VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL, name_start INTEGER NOT NULL, name_end INTEGER NOT NULL,
    key VARCHAR NOT NULL,              -- the name folded: lower case, no accents, words joined by one space
    country VARCHAR, sector VARCHAR,
    office_key VARCHAR                 -- the office that stands for an actor without a name: whoever holds it on the day
);

CREATE TABLE mentions (
    document VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, head_start INTEGER NOT NULL, head_end INTEGER NOT NULL,
    kind VARCHAR NOT NULL, actor VARCHAR, rule VARCHAR NOT NULL
);

CREATE TABLE times (
    document VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind VARCHAR NOT NULL, grain VARCHAR NOT NULL,
    begins TIMESTAMP, ends TIMESTAMP, rule VARCHAR NOT NULL,
    said VARCHAR, tense VARCHAR        -- what the words alone give of a day, month or year, and the tense around it (see Time)
);

CREATE TABLE places (                  -- the places that events name
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, key VARCHAR NOT NULL, country VARCHAR, latitude DOUBLE, longitude DOUBLE
);

CREATE TABLE event_mentions (
    id VARCHAR USING COMPRESSION uncompressed NOT NULL, document VARCHAR NOT NULL,
    record VARCHAR NOT NULL,           -- the event's id in the reading of its document
    type VARCHAR NOT NULL, mode VARCHAR, cameo VARCHAR, status VARCHAR NOT NULL, contexts JSON NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,          -- the evidence
    trigger VARCHAR NOT NULL, triggers JSON NOT NULL, cues JSON NOT NULL,  -- spans as {"start", "end", "text"}
    place VARCHAR, place_start INTEGER, place_end INTEGER,   -- place: places.id
    time_start INTEGER, time_end INTEGER,                    -- the words of the time
    begins DATE, ends DATE, grain VARCHAR,                   -- when it happened, half-open; the words' own time
    day DATE,                          -- when it happened at the best: begins, else the day of publication, else NULL
    day_from VARCHAR NOT NULL,         -- 'text', 'publication' or 'none'
    holder_kind VARCHAR, holder VARCHAR, holder_start INTEGER, holder_end INTEGER,  -- according to whom
    rule VARCHAR NOT NULL, reasons JSON NOT NULL,
    toll INTEGER,                      -- the number of dead that the evidence tells, if any
    event VARCHAR USING COMPRESSION uncompressed NOT NULL    -- the event that it belongs to
);

CREATE TABLE participants (            -- of event mentions
    mention VARCHAR USING COMPRESSION uncompressed NOT NULL, document VARCHAR NOT NULL,
    role VARCHAR NOT NULL, n UTINYINT NOT NULL,              -- role: 'actor' or 'recipient'
    words VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    name VARCHAR NOT NULL, name_start INTEGER NOT NULL, name_end INTEGER NOT NULL, key VARCHAR NOT NULL,
    kind VARCHAR, country VARCHAR, sector VARCHAR, actor VARCHAR,
    office_key VARCHAR                 -- as in actors
);

CREATE TABLE quotes (
    id VARCHAR NOT NULL, document VARCHAR NOT NULL, record VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text VARCHAR NOT NULL,
    speaker VARCHAR, speaker_start INTEGER, speaker_end INTEGER, speaker_key VARCHAR, speaker_kind VARCHAR, speaker_country VARCHAR,
    chain JSON NOT NULL, rule VARCHAR NOT NULL
);

CREATE TABLE tenure_mentions (         -- one document's word for who holds an office
    id VARCHAR NOT NULL, document VARCHAR NOT NULL, record VARCHAR NOT NULL,
    person VARCHAR NOT NULL, person_start INTEGER NOT NULL, person_end INTEGER NOT NULL, person_key VARCHAR NOT NULL,
    office VARCHAR NOT NULL, office_start INTEGER NOT NULL, office_end INTEGER NOT NULL, office_key VARCHAR NOT NULL,
    "of" VARCHAR, status VARCHAR NOT NULL,                   -- office_key: Tenure.key
    told VARCHAR NOT NULL,                                   -- the status that the words alone give
    basis VARCHAR NOT NULL,            -- 'stated', 'linked' or 'resolved' in what was read (see Tenure), 'listed' in a list
    begins DATE, ends DATE,            -- known span of the tenure (lists), half-open; NULL in what was read
    ends_after DATE,                   -- where a list knows its end by the month: the first day on which it may have ended
    as_of DATE,                        -- the day of which the document tells it
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, rule VARCHAR NOT NULL
);

CREATE TABLE claims (
    id VARCHAR NOT NULL, document VARCHAR NOT NULL, record VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text VARCHAR NOT NULL, mention VARCHAR,  -- the event mention that is said to be the first
    type VARCHAR, mode VARCHAR, subject VARCHAR, subject_country VARCHAR, object VARCHAR, object_country VARCHAR,
    since VARCHAR, until VARCHAR, n INTEGER, rule VARCHAR NOT NULL,
    narrowed VARCHAR                   -- the words that narrow what is counted: "officielle"
);

CREATE TABLE events (                  -- derived: one row a happening, from its mentions
    id VARCHAR USING COMPRESSION uncompressed NOT NULL,      -- the smallest id of its mentions
    type VARCHAR NOT NULL, mode VARCHAR, cameo VARCHAR, status VARCHAR NOT NULL,
    day DATE, day_last DATE, day_from VARCHAR NOT NULL,      -- first and last day that its mentions give it
    place VARCHAR, country VARCHAR,    -- where
    acting VARCHAR NOT NULL,           -- the countries of its main actors in order, joined by a space; '-' for those without, '' for no actor:
    receiving VARCHAR NOT NULL,        -- and those of its main recipients. A pair is one scan of these (10 ms), not two joins of sides (150 ms)
    mentions INTEGER NOT NULL, documents INTEGER NOT NULL, origins INTEGER NOT NULL,
    published_first DATE, published_last DATE,
    disagreements JSON NOT NULL        -- {"status": [...], "day": [...], "toll": [...], "actor": [...]}, only where sources differ
);

CREATE TABLE event_sides (             -- derived: who is in an event, on which side
    event VARCHAR USING COMPRESSION uncompressed NOT NULL,
    role VARCHAR NOT NULL, key VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR, country VARCHAR,
    sector VARCHAR, mentions INTEGER NOT NULL,
    main BOOLEAN NOT NULL              -- whether it carries its side; one whom few of many mentions name is no party to pairs and trips
);

CREATE TABLE tenure_months (           -- derived: what the documents of a month say of who holds an office, summed up
    source VARCHAR NOT NULL,           -- 'read' or the list's name
    "of" VARCHAR NOT NULL, office_key VARCHAR NOT NULL, person_key VARCHAR NOT NULL, told VARCHAR NOT NULL, basis VARCHAR NOT NULL,
    month DATE NOT NULL,               -- its first day
    first DATE NOT NULL, last DATE NOT NULL,                 -- the days of the first and last of the documents
    origins INTEGER NOT NULL, mentions INTEGER NOT NULL, documents INTEGER NOT NULL,
    person VARCHAR NOT NULL, office VARCHAR NOT NULL         -- as they are written most often
);

CREATE TABLE tenures (                 -- derived: intervals, from tenure_mentions
    id VARCHAR NOT NULL, person VARCHAR NOT NULL, person_key VARCHAR NOT NULL,
    names VARCHAR[] NOT NULL,          -- the keys under which its witnesses name the person, person_key among them
    office VARCHAR NOT NULL, office_key VARCHAR NOT NULL,
    "of" VARCHAR NOT NULL, first_seen DATE, last_seen DATE,           -- days on which a witness shows it
    begins_after DATE, begins_by DATE, ends_after DATE, ends_by DATE,  -- it begins in (after, by], ends in [after, by)
    witnesses INTEGER NOT NULL, documents INTEGER NOT NULL, doubts JSON NOT NULL, source VARCHAR NOT NULL  -- 'read' or the list's name
);

CREATE TABLE list_coverage (           -- what a curated list declares to hold without a gap; where it declares nothing it proves no absence
    document VARCHAR NOT NULL,         -- the list
    type VARCHAR NOT NULL, mode VARCHAR,                     -- which happenings
    office_key VARCHAR NOT NULL, "of" VARCHAR NOT NULL,      -- whose: of the holders of this office of this state
    begins DATE, ends DATE NOT NULL    -- half-open; begins is NULL where the list starts with the first there ever was
);

-- What merging works with. Mentions are numbers here: their ids as unsigned integers.

CREATE TABLE copies (a VARCHAR NOT NULL, b VARCHAR NOT NULL);  -- documents that hold much the same text, each pair both ways

CREATE TABLE profiles (document VARCHAR NOT NULL, terms JSON NOT NULL);  -- the telling words of each document, with their weights

CREATE TABLE traits (mention VARCHAR NOT NULL, document VARCHAR NOT NULL, trait JSON NOT NULL);  -- what is compared of a mention

CREATE TABLE merge_keys (key UBIGINT NOT NULL, mention UBIGINT NOT NULL);  -- which mentions are compared: those of neighbouring keys

CREATE TABLE likenesses (              -- how alike the mentions are that were compared: the log-odds that they are one happening
    a UBIGINT NOT NULL, b UBIGINT NOT NULL, score DOUBLE NOT NULL          -- a < b; -9 where they can't be
);
