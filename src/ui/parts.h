/*
 * The parts that screens are made of. A screen is a pure function model -> scene: it is handed a
 * struct ui, asks it for bars, headings, rows, fields and keyboards, and each part adds its
 * elements and paints to the scene. Sizes are in units of the reference display (visual.md: 1080
 * x 1920 at 102 ppi, so 1 unit = 0.249 mm); ui_px turns them into pixels of this screen. A part
 * that stands in a column takes its height off the top of *area.
 *
 * Texts are translated already. `typed` text (what a patient entered) is never parsed for "**".
 */
#ifndef UI_PARTS_H
#define UI_PARTS_H

#include "ui/comfort.h"
#include "ui/scene.h"

struct ui_settings {
    int width_px;
    int height_px;
    double diagonal_mm; /* of the visible screen; 0: unknown, taken as 102 ppi */
    int text_percent;   /* one of comfort_text_sizes */
    enum scheme scheme;
    bool low_reach;
    bool rtl;
    bool nastaliq; /* Arabic letters as Urdu writes them */
};

/* Everything a part needs. Filled by ui_begin; screens read `portrait`, `w`, `h` and `theme`. */
struct ui {
    struct ui_settings settings;
    const struct theme *theme;
    const struct text_metrics *metrics;
    struct arena *arena;
    struct scene *scene;
    struct element_id focus; /* what: -1 where nothing has the focus */
    struct element_id pressed;
    const struct tongue *tongue; /* of what is laid now, where it is not the language shown; NULL */
    bool caret;                  /* is the caret in its visible half */
    bool portrait;
    double scale; /* pixels a unit */
    /* Of page text: the settings', or less where a part would not fit otherwise. */
    int text_percent; /* at least UI_LEAST_PERCENT */
    int least_em_px;  /* no text is set smaller than this, whatever it asks for */
    int reach_px;     /* with low reach, nothing above this line is touched; 0: no such line */
    int w; /* of the screen in units: at least 1080 or 1920 across unless the panel is small */
    int h;
    double zone_w;         /* of the question's zone in landscape, in units */
    int hold_from_element; /* see ui_hold */
    int hold_from_paint;
    int group; /* see ui_row_begin */
};

#define UI_NONE ((struct element_id){-1, -1})

/* What has no room is set smaller in steps of this, down to that, and never under least_em_px. */
enum { UI_LEAST_PERCENT = 60, UI_PERCENT_STEP = 10 };

/* Starts a scene; arena and scene are emptied first. Finish with ui_end. */
void ui_begin(struct ui *ui, const struct ui_settings *settings, const struct text_metrics *metrics,
              struct arena *arena, struct scene *scene, struct element_id focus,
              struct element_id pressed, bool caret);
/* Mirrors the scene where the language runs right to left; marks the element that has the focus. */
void ui_end(struct ui *ui);
/* What is added between these keeps its order in a mirrored scene, and what is laid between them
   runs left to right: pads, keyboards, codes, fields. */
void ui_hold(struct ui *ui);
void ui_release(struct ui *ui, struct rect block);

/* Pixels a millimetre of the screen; where its size is unknown, as if it had 102 ppi at 1080. */
double ui_px_per_mm(const struct ui_settings *settings);
/*
 * With low reach nothing above this line is touched, in pixels from the top. Whoever sits reaches
 * as far as 289 mm (1160 units) from the lower edge of a screen on its stand; a larger screen
 * stands lower, so that it is 1160 in 1920 of it. 0: everything can be reached, as in landscape on
 * all but the largest.
 */
int ui_reach_px(const struct ui_settings *settings);

int ui_px(const struct ui *ui, double units);
/* Units of page text: scaled by ui->text_percent. */
int ui_text_px(const struct ui *ui, double units);
/* Units of a bar's text: scaled by at most 118 %. */
int ui_bar_px(const struct ui *ui, double units);

/* The whole screen in pixels. */
struct rect ui_screen(const struct ui *ui);

/* --- low level: what the parts below are made of ------------------------------------------- */

enum text_look {
    LOOK_DISPLAY, /* welcome h1 */
    LOOK_H1,
    LOOK_H1_SMALL, /* of the size of the next, where the page has no room */
    LOOK_H2,
    LOOK_LEDE,
    LOOK_BODY,
    LOOK_HINT,   /* body in the soft colour */
    LOOK_SECOND, /* second line of a row, list text, tip: 34 */
    LOOK_NOTE,   /* the same in the soft colour */
    LOOK_SMALL,  /* 32 */
    LOOK_BYLINE, /* who said it: 30 */
    LOOK_LABEL,  /* field label, bold */
    LOOK_VALUE,  /* field value */
    LOOK_CHOICE,
    LOOK_CHOICE_ON, /* bold */
    LOOK_KEY,       /* row key of the check list: 32 bold */
    LOOK_PROGRESS,
    LOOK_CODE, /* reference */
    LOOK_COUNT
};

struct element *ui_element(struct ui *ui, struct element_id id, enum role role, const char *label,
                           struct rect rect);
struct paint *ui_box(struct ui *ui, struct rect rect, colour fill, int radius_px);
/* A box with a border inside its edge. */
struct paint *ui_frame(struct ui *ui, struct rect rect, colour fill, int radius_px, colour border,
                       int border_px);
/*
 * Heads a row of keys; the elements added until ui_row_end stand in it. The focus takes the row as
 * one until it is gone into.
 */
void ui_row_begin(struct ui *ui, struct element_id id, const char *label, struct rect rect);
void ui_row_end(struct ui *ui);
/* The ring around what has the focus: outside `rect`, painted before it. */
void ui_focus_ring(struct ui *ui, struct rect rect, int radius_px);
/* The border of what has the focus: a line inside the ring. */
void ui_focus_line(const struct ui *ui, colour *border, int *border_px);
bool ui_has_focus(const struct ui *ui, struct element_id id);
/* The empty part of a bar, ring or row of dots: a fill, or a line where a scheme draws lines. */
struct paint *ui_track(struct ui *ui, struct rect rect, colour fill, int radius_px);
struct paint *ui_icon(struct ui *ui, struct rect rect, const char *name, colour fill);
struct paint *ui_picture(struct ui *ui, struct rect rect, const char *name, int radius_px);
/* Lays text out; what does not fit the arena marks the scene as overflowed and gives no lines. */
struct text_block ui_lay(struct ui *ui, const char *text, enum text_look look, int max_width_px);
/* Without "**". UI_WHOLE for a width: one line with the spaces at its end. */
#define UI_WHOLE 0
struct text_block ui_lay_typed(struct ui *ui, const char *text, enum text_look look,
                               int max_width_px);
/* A text of a size of its own, in pixels: bars, keys, buttons. */
struct text_block ui_lay_sized(struct ui *ui, const char *text, int size_px, int line_px, bool bold,
                               int max_width_px);
/* The same for what is Latin in every language, such as "@gmail.com". */
struct text_block ui_lay_latin(struct ui *ui, const char *text, int size_px, int line_px, bool bold,
                               int max_width_px);
/* How wide a text of that size must be to stand on `lines` lines at most without a broken word. */
int ui_lines_width(struct ui *ui, const char *text, int size_px, bool bold, int lines);
enum align { ALIGN_START, ALIGN_CENTRE, ALIGN_END };
void ui_text_at(struct ui *ui, const struct text_block *block, struct rect rect, enum align align,
                colour fill, bool personal);

/* --- text in a column ------------------------------------------------------------------------ */

/* Adds a heading or text element at the top of *area and `gap` units below it. */
void ui_heading(struct ui *ui, struct rect *area, const char *text, enum text_look look,
                double gap);
void ui_paragraph(struct ui *ui, struct rect *area, const char *text, enum text_look look,
                  double gap);
/* Icon and text, no box. Vertically centred on one another. */
void ui_tip(struct ui *ui, struct rect *area, const char *icon, const char *text, double gap);
/* A row of a list: icon in blue, or a number in a dark disc where `number` > 0. */
void ui_list_row(struct ui *ui, struct rect *area, const char *icon, int number, const char *text,
                 double gap);
/* A yellow panel with an icon. */
void ui_note(struct ui *ui, struct rect *area, const char *icon, const char *text, double gap);
/* What ui_tip, ui_list_row or ui_note will take, without gap: for paging. */
int ui_tip_height(struct ui *ui, int width_px, const char *text);
int ui_list_row_height(struct ui *ui, int width_px, const char *text);
int ui_note_height(struct ui *ui, int width_px, const char *text);
int ui_text_height(struct ui *ui, const char *text, enum text_look look, int width_px);

/* --- controls -----------------------------------------------------------------------------------
 */

enum button_look {
    BUTTON_PRIMARY,
    BUTTON_SECONDARY,
    BUTTON_QUIET,
    BUTTON_LINED, /* quiet, white with a line: on the sky */
    BUTTON_CHANGE,
    BUTTON_CHIP,
    BUTTON_STAFF, /* on the staff panel's dark bar */
};

struct button {
    struct element_id id;
    const char *label;
    const char *icon; /* NULL: none */
    bool icon_after;  /* behind the label, as on Continue */
    enum button_look look;
    bool on;                     /* a control of the top bar that is on */
    const struct tongue *tongue; /* of the label, where it is not the language shown; NULL */
    const char *value;           /* spoken: what it is set to; NULL: nothing */
};

enum { CARD_LINES = 4 };

/* A white card of lines with icons, and a small button below them (label NULL: none). */
struct info_card {
    const char *icons[CARD_LINES];
    const char *lines[CARD_LINES];
    int count;
    struct button button;
};

int ui_card_height(struct ui *ui, int width_px, const struct info_card *card);
void ui_card(struct ui *ui, struct rect *area, const struct info_card *card, double gap);

/* Fills `rect` (the edge below a primary or secondary button is inside it: 8 units). */
void ui_button(struct ui *ui, struct rect rect, const struct button *button);
/* The large button of the welcome screen: radius 28, label 66 units. */
void ui_large_button(struct ui *ui, struct rect rect, const struct button *button);
/* The width a button needs for its label on one line, in pixels. */
int ui_button_width(struct ui *ui, const struct button *button);
/* The least width for its label on that many lines. */
int ui_button_least_width(struct ui *ui, const struct button *button, int lines);

enum { UI_ROW_BUTTONS = 4 };

/* Where the spare room of a row goes: into the buttons, between them, or behind the last one. */
enum row_spare { ROW_WIDENS, ROW_PARTS, ROW_PACKS };

/* Small buttons side by side, at most UI_ROW_BUTTONS. */
void ui_button_row(struct ui *ui, struct rect rect, const struct button *buttons, int count,
                   enum row_spare spare_goes);
bool ui_button_row_fits(struct ui *ui, int width_px, const struct button *buttons, int count);
int ui_button_row_height(const struct ui *ui);
/* How many rows so many buttons need, 1 or 2. */
int ui_button_rows(struct ui *ui, int width_px, const struct button *buttons, int count);

struct choice {
    struct element_id id;
    const char *label;
    const char *second; /* NULL: none */
    const char *icon;   /* at the end edge; NULL: none */
    const char *icon2;  /* a second one before it; NULL: none */
    bool box;           /* tick box instead of ring */
    bool chosen;
    bool bold;                   /* label bold even when not chosen (consent) */
    int least_px;                /* as high as the row beside it; 0: as its words need */
    const struct tongue *tongue; /* of the label, where it is not the language shown; NULL */
    const struct theme *theme;   /* shown in these colours; NULL: the screen's */
};

int ui_choice_height(struct ui *ui, int width_px, const struct choice *choice, bool dense);
/* A row the height of ui_choice_height off the top of *area, and `gap` units. */
void ui_choice(struct ui *ui, struct rect *area, const struct choice *choice, bool dense,
               double gap);

struct field {
    struct element_id id;
    const char *label;
    const char *value; /* what the patient typed; "" where nothing */
    const char *error; /* NULL: right so far */
    int width;         /* units; 0: the whole area */
    bool active;       /* has the caret, behind what is typed */
    bool hidden;       /* a dot for each character */
};

int ui_field_height(struct ui *ui, int width_px, const struct field *field);
void ui_field(struct ui *ui, struct rect *area, const struct field *field, double gap);
/* Fields side by side under one error message (day, month, year). Widths are in units. */
int ui_fields_in_row_height(struct ui *ui, int width_px, const struct field *fields, int count,
                            const char *error);
void ui_fields_in_row(struct ui *ui, struct rect *area, const struct field *fields, int count,
                      const char *error, double gap);
/* One value in boxes of digits, such as 3, 3, 4 (NHS number); `groups` ends with 0. */
int ui_digit_boxes_height(struct ui *ui, int width_px, const struct field *field);
void ui_digit_boxes(struct ui *ui, struct rect *area, const struct field *field, const int *groups,
                    double gap);

struct summary_row {
    struct element_id id; /* of the row; the Change button has the same `which` */
    struct element_id change;
    const char *key;
    const char *value;        /* typed */
    const char *change_label; /* "Change": drawn */
    const char *change_name;  /* "Change date of birth": spoken */
    bool hidden;              /* dots instead of the value */
};

int ui_summary_row_height(struct ui *ui, int width_px, const struct summary_row *row);
/* A white card with rows; takes the rows' heights off *area. */
void ui_summary(struct ui *ui, struct rect *area, const struct summary_row *rows, int count,
                double gap);

/* --- bars, zones and what is wrong --------------------------------------------------------------
 */

struct top_bar {
    const char *name; /* "HeLP-Diabetes": the same in every language; NULL: only the mark */
    struct button controls[UI_ROW_BUTTONS];
    int control_count;
    bool staff; /* dark: this is not a patient alone at the screen */
};
/*
 * Takes the top bar off *area. With low reach its controls are taken off the bottom of *area, so
 * that whatever else is touched stands above them; in landscape that is all there is of it. Where
 * the controls leave no room for the name it gives way, then the mark; then they stand in two rows.
 */
void ui_top_bar(struct ui *ui, struct rect *area, const struct top_bar *bar);

struct bottom_bar {
    struct button back;    /* id.what -1: none */
    struct button forward; /* Continue; id.what -1: none */
    /* Start again, Help, I've been called in, and a way on of the page's own. */
    struct button quiet[UI_ROW_BUTTONS];
    int quiet_count;
    /* Where not all have room, the quiet button that is left out, from 1; 0: none. The second where
       leaving out the first is not enough. */
    int gives_way[2];
    bool even; /* back and forward share the width as on the thank-you screen */
};
/* Takes the place of the bottom bar off *area; `quiet`: with the row of quiet buttons. */
struct rect ui_bottom_bar_place(struct ui *ui, struct rect *area, bool quiet);
/* Added after the page, since it is read after it. */
void ui_bottom_bar(struct ui *ui, struct rect place, const struct bottom_bar *bar);

/* Words of progress and paging dots at their end, off the top of *area. */
void ui_progress(struct ui *ui, struct rect *area, const char *text, int dots, int dot_on);

struct error_summary {
    struct element_id id;    /* of the summary's element: touching it goes to the wrong field */
    const char *title;       /* "There is a problem"; NULL: no room for it */
    const char *messages[4]; /* the first four */
    int message_count;
};

/* A box with a red line: what is wrong, as targets that go to the field. */
void ui_problem(struct ui *ui, struct rect rect, const struct error_summary *problem);
int ui_problem_height(struct ui *ui, int width_px, const struct error_summary *problem);

struct zone {
    const char *progress; /* "Question 3 of 9"; NULL: none */
    const char *note;     /* "You can skip this"; NULL: none */
    int sun;              /* 1 .. 9: where the sun stands; 0: no horizon */
    int sun_of;
    const char *heading;
    bool small_heading;            /* where the page has no room for a large one */
    int percent;                   /* of its text, where there is little room; 0: as the page's */
    const char *hint;              /* NULL: none */
    struct error_summary *problem; /* NULL: none; takes the horizon's place */
    const struct button *corner;   /* Hide; NULL: none */
    int dots;                      /* paging dots at the end of the progress line; 0: none */
    int dot_on;
};

struct panels {
    struct rect fields; /* where fields go: below the zone in portrait, inside it in landscape */
    struct rect touch;  /* where choices or the keyboard go; in portrait it lies below fields */
};

/*
 * The question's sky zone. Portrait: a band above, as high as is left when `need_px` (what the page
 * wants below it) is kept, at most 480 units; the sky's spare room and the horizon go first.
 * Landscape: the left 760 units. `keyboard_px`: height of the keyboard panel in portrait, 0: none.
 */
struct panels ui_zone(struct ui *ui, struct rect area, const struct zone *zone, int need_px,
                      int keyboard_px);

/*
 * Leaves out of the zone what matters least until it is no higher than `room_px`: the large
 * heading, the hint, the words of progress, the title above the errors; then its text is smaller,
 * and in landscape it becomes wider (ui->zone_w).
 */
void ui_zone_fit(struct ui *ui, struct zone *zone, int room_px);
/* The least height of the zone, in pixels: its words, without sky and sun. */
int ui_zone_least(struct ui *ui, const struct zone *zone);
/* How wide a field in the zone's `fields` panel is, in pixels: for working out need_px. */
int ui_zone_field_width(const struct ui *ui);
/* How wide a row of choices is, in `fields` or `touch`. */
int ui_zone_touch_width(const struct ui *ui);

/* What a dialog has for its parts, in pixels. */
int ui_dialog_width(const struct ui *ui);
int ui_dialog_room(const struct ui *ui);
/* Veil and a box, low with low reach; all parts added from here on belong to the dialog. */
struct rect ui_dialog_begin(struct ui *ui, const char *name, int height_px);
/* The ring with the seconds inside, centred. */
void ui_ring(struct ui *ui, struct rect *area, int permille, const char *inside, double gap);
void ui_paragraph_centred(struct ui *ui, struct rect *area, const char *text, enum text_look look,
                          double gap);

/* "This screen will clear in 30 seconds" and a bar that empties. */
void ui_countdown(struct ui *ui, struct rect *area, struct element_id id, const char *text,
                  int permille);
/* The reference card with its QR code. */
struct code_card {
    struct element_id id;
    const char *title;     /* "Your reference" */
    const char *reference; /* "HD-7K4M-Q2XP" */
    const char *text;
    const char *qr_text; /* the address; NULL: no square */
};
int ui_code_card_height(struct ui *ui, int width_px, const struct code_card *card);
void ui_code_card(struct ui *ui, struct rect *area, const struct code_card *card, double gap);
void ui_champion(struct ui *ui, struct rect *area, const char *initials, const char *quotation,
                 const char *name, const char *role);
int ui_champion_height(struct ui *ui, int width_px, const char *quotation, const char *name,
                       const char *role);

#endif
