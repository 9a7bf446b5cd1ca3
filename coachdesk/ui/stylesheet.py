"""One style sheet, generated from the tokens; widgets choose a variant by dynamic property.

Properties: ``role`` (what a text is), ``tone`` (what a colour means), ``kind`` (what a control is
for) and ``card`` (a framed surface). A radius above half the height is dropped by Qt without a word,
so radii grow with the text.
"""

from coachdesk.resources import resource
from coachdesk.ui.tokens import Colours, Points, Radius, Size, Tone


def style_sheet(colours: Colours, scale: float) -> str:
    """Return the application's style sheet for one set of colours and one text scale."""
    return "\n".join(
        part(colours, scale) for part in (_text, _surfaces, _buttons, _inputs, _choices, _lists, _furniture)
    )


def _points(size: float, scale: float) -> str:
    return f"{size * scale:.2f}pt"


def _px(size: float, scale: float) -> str:
    return f"{round(size * scale)}px"


def _url(name: str, colours: Colours) -> str:
    return f"url({resource('style', f'{name}-{colours.name}.svg').as_posix()})"


def _text(c: Colours, s: float) -> str:
    tones = "".join(f'QLabel[tone="{tone}"] {{ color: {c.tone(tone).ink}; }}\n' for tone in Tone)
    pills = "".join(
        f'QLabel[pill="{tone}"] {{ background: {c.tone(tone).tint}; color: {c.tone(tone).ink};'
        f" border-radius: {_px(Radius.PILL, s)}; padding: {_px(2, s)} {_px(11, s)};"
        f" font-size: {_points(Points.SMALL, s)}; font-weight: 600; }}\n"
        for tone in Tone
    )
    return f"""
QLabel {{ background: transparent; color: {c.text}; }}
QLabel[role="title"] {{ font-size: {_points(Points.TITLE, s)}; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: {_points(Points.HEADING, s)}; font-weight: 700; }}
QLabel[role="section"] {{ font-size: {_points(Points.SECTION, s)}; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="label"] {{ font-weight: 500; }}
QLabel[role="meta"] {{ font-size: {_points(Points.META, s)}; color: {c.secondary}; }}
QLabel[role="secondary"] {{ color: {c.secondary}; }}
QLabel[role="small"] {{ font-size: {_points(Points.SMALL, s)}; color: {c.secondary}; }}
{tones}
{pills}
QLabel[role="refusal"] {{ font-size: {_points(Points.META, s)}; font-weight: 500; color: {c.danger.ink}; }}
QLabel:disabled {{ color: {c.disabled}; }}
QToolTip {{ background: {c.text}; color: {c.surface}; border: 1px solid {c.text}; padding: 4px 6px; }}
"""


def _surfaces(c: Colours, s: float) -> str:
    banners = "".join(
        f'QFrame[banner="{tone}"] {{ background: {c.tone(tone).tint}; border: 1px solid {c.tone(tone).ink};'
        f" border-radius: {Radius.CONTROL}px; }}\n"
        for tone in Tone
    )
    return f"""
QMainWindow, QDialog, QWidget[page="true"] {{ background: {c.canvas}; }}
QFrame[card="true"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {Radius.CARD}px; }}
QFrame[pane="true"] {{ background: {c.surface}; border: none; border-right: 1px solid {c.line}; }}
QFrame[rail="true"] {{ background: {c.rail}; border: none; }}
QFrame[divider="true"] {{ background: {c.line}; border: none; }}
{banners}
QFrame[toast="true"] {{ background: {c.text}; border: none; border-radius: {Radius.CONTROL}px; }}
QFrame[toast="true"] QLabel {{ color: {c.surface}; font-weight: 500; }}
QFrame[toast="true"] QPushButton {{ color: {c.surface}; background: transparent; border: 1px solid {c.placeholder};
  border-radius: 6px; padding: 2px {_px(10, s)}; min-height: {_px(24, s)}; font-weight: 600; }}
QFrame[toast="true"] QPushButton:hover {{ border-color: {c.surface}; }}
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] {{ background: transparent; border: none; }}
"""


def _buttons(c: Colours, s: float) -> str:
    height = f"min-height: {_px(34, s)};"
    return f"""
QPushButton, QToolButton {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border};
  border-radius: {Radius.CONTROL}px; padding: 0 {_px(14, s)}; {height} font-weight: 600; outline: none; }}
QPushButton:hover, QToolButton:hover {{ background: {c.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.selected}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.disabled}; border-color: {c.line}; background: {c.surface}; }}
QPushButton[kind="primary"] {{ background: {c.primary}; color: {c.on_primary}; border-color: {c.primary}; }}
QPushButton[kind="primary"]:hover {{ background: {c.primary_hover}; border-color: {c.primary_hover}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.track}; color: {c.secondary}; border-color: {c.track}; }}
QPushButton[kind="danger"] {{ color: {c.danger.ink}; border-color: {c.danger.ink}; }}
QPushButton[kind="danger"]:hover {{ background: {c.danger.tint}; }}
QPushButton[kind="danger"]:disabled {{ color: {c.disabled}; border-color: {c.line}; }}
QPushButton[kind="quiet"] {{ background: transparent; color: {c.brand.ink}; border-color: transparent;
  padding: 0 {_px(10, s)}; }}
QPushButton[kind="quiet"]:hover {{ background: {c.selected}; }}
QPushButton[flush="true"] {{ margin-left: -1px; padding-left: 0; }}
QPushButton[flush="true"]:hover {{ background: transparent; text-decoration: underline; }}
QPushButton[kind="quiet"]:disabled {{ color: {c.disabled}; }}
QPushButton[kind="icon"], QToolButton[kind="icon"] {{ background: transparent; border-color: transparent; padding: 0;
  min-width: {_px(36, s)}; }}
QPushButton[kind="icon"]:hover, QToolButton[kind="icon"]:hover {{ background: {c.hover}; }}
QFrame[status="true"] QPushButton[kind="icon"] {{ min-height: {max(24, round(Size.ICON * s))}px; }}
QPushButton[kind="chip"] {{ border-radius: {_px(14, s)}; min-height: {_px(28, s)}; padding: 0 {_px(12, s)};
  font-size: {_points(Points.META, s)}; }}
QPushButton[kind="chip"]:checked {{ background: {c.selected}; border-color: {c.primary}; color: {c.brand.ink}; }}
QPushButton[kind="segment"] {{ padding: 0 4px; min-width: {_px(30, s)}; }}
QPushButton[kind="segment"]:checked {{ background: {c.primary}; border-color: {c.primary}; color: {c.on_primary}; }}
QPushButton[kind="rail"] {{ background: transparent; color: {c.rail_text}; border: none; padding: 0;
  border-radius: {Radius.RAIL}px; font-weight: 500; font-size: {_points(Points.SMALL, s)}; }}
QPushButton[kind="rail"]:hover {{ color: {c.rail_selected_text}; }}
QPushButton[kind="rail"]:checked {{ background: {c.rail_selected}; color: {c.rail_selected_text}; font-weight: 600; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0; }}
"""


def _inputs(c: Colours, s: float) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{ background: {c.surface}; color: {c.text};
  border: 1px solid {c.border}; border-radius: {Radius.CONTROL}px; selection-background-color: {c.primary};
  selection-color: {c.on_primary}; placeholder-text-color: {c.placeholder}; }}
QLineEdit, QComboBox, QSpinBox {{ padding: 0 {_px(12, s)}; min-height: {_px(36, s)}; }}
QPlainTextEdit, QTextEdit {{ padding: {_px(6, s)} {_px(8, s)}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {c.disabled};
  border-color: {c.line}; background: {c.canvas}; }}
QLineEdit[refused="true"], QPlainTextEdit[refused="true"], QComboBox[refused="true"] {{
  border: 2px solid {c.danger.ink}; }}
QLineEdit > QToolButton {{ border: none; background: transparent; padding: 0; margin: 0; min-height: 0; min-width: 0; }}
QComboBox QLineEdit {{ border: none; padding: 0; min-height: {_px(24, s)}; background: transparent; }}
QComboBox::drop-down {{ border: none; width: {_px(30, s)}; }}
QComboBox::down-arrow {{ image: {_url("chevron", c)}; width: {_px(16, s)}; height: {_px(16, s)}; }}
QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; outline: none;
  selection-background-color: {c.selected}; selection-color: {c.text}; }}
QAbstractItemView[popup="true"] {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
"""


def _choices(c: Colours, s: float) -> str:
    box = f"width: {_px(20, s)}; height: {_px(20, s)};"  # 24 with its border: what a finger needs
    return f"""
QCheckBox, QRadioButton {{ background: transparent; color: {c.text}; spacing: {_px(10, s)};
  min-height: {_px(26, s)}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.disabled}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ {box} border: 2px solid {c.border}; border-radius: 5px;
  background: {c.surface}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {c.primary};
  border-color: {c.primary}; image: {_url("check", c)}; }}
QCheckBox::indicator:indeterminate {{ background: {c.primary}; border-color: {c.primary};
  image: {_url("dash", c)}; }}
QCheckBox::indicator:disabled {{ border-color: {c.line}; }}
QRadioButton::indicator {{ {box} border: 2px solid {c.border}; border-radius: {int(10 * s) + 1}px;
  background: {c.surface}; }}
QRadioButton::indicator:checked {{ border-color: {c.primary}; image: {_url("dot", c)}; }}
"""


def _lists(c: Colours, s: float) -> str:
    return f"""
QAbstractItemView {{ background: {c.surface}; color: {c.text}; border: none; outline: none;
  selection-background-color: {c.selected}; selection-color: {c.text}; }}
QTableView {{ gridline-color: {c.line}; alternate-background-color: {c.surface}; border-radius: {Radius.CARD}px; }}
QTableView::item {{ border-bottom: 1px solid {c.line}; padding: 0 {_px(8, s)}; }}
QTableView::item:selected {{ background: {c.selected}; color: {c.text}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QHeaderView::section {{ background: {c.surface}; color: {c.secondary}; border: none;
  border-bottom: 1px solid {c.border}; padding: {_px(6, s)} {_px(11, s)}; font-weight: 600;
  font-size: {_points(Points.META, s)}; }}
QListWidget {{ border: 1px solid {c.border}; border-radius: {Radius.CONTROL}px; padding: 4px; }}
QListWidget::item {{ min-height: {_px(28, s)}; }}
QCalendarWidget QWidget {{ alternate-background-color: {c.surface}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.surface}; }}
QCalendarWidget QTableView {{ border-radius: 0; selection-background-color: {c.primary};
  selection-color: {c.on_primary}; }}
QCalendarWidget QTableView::item {{ border: none; padding: 0; }}
QCalendarWidget QTableView::item:selected {{ background: {c.primary}; color: {c.on_primary}; }}
QCalendarWidget QToolButton {{ min-height: {_px(28, s)}; min-width: {_px(28, s)}; padding: 0 {_px(8, s)};
  border-color: transparent; }}
"""


def _furniture(c: Colours, s: float) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.track}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {c.border}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTabWidget::pane {{ border: none; }}
QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {c.secondary}; font-weight: 500; border: none;
  border-bottom: 3px solid transparent; padding: {_px(8, s)} {_px(4, s)}; margin-right: {_px(10, s)}; }}
QTabBar::scroller {{ width: {_px(32, s)}; }}
QTabBar QToolButton {{ padding: 0; margin: 0; min-height: 0; min-width: 0; border-radius: 6px; }}
QTabBar QToolButton::left-arrow {{ image: {_url("left", c)}; width: {_px(16, s)}; height: {_px(16, s)}; }}
QTabBar QToolButton::right-arrow {{ image: {_url("right", c)}; width: {_px(16, s)}; height: {_px(16, s)}; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.primary}; }}
QProgressBar {{ background: {c.track}; border: none; border-radius: 4px; max-height: 8px; min-height: 8px;
  color: transparent; }}
QProgressBar::chunk {{ background: {c.primary}; border-radius: 4px; }}
QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QMenu::item {{ padding: {_px(7, s)} {_px(26, s)} {_px(7, s)} {_px(12, s)}; border-radius: 6px; }}
QMenu::item:selected {{ background: {c.selected}; }}
QMenu::item:disabled {{ color: {c.disabled}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QMenuBar {{ background: {c.surface}; color: {c.text}; }}
QMenuBar::item:selected {{ background: {c.selected}; }}
QStatusBar {{ background: {c.surface}; color: {c.secondary}; border-top: 1px solid {c.line}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {c.secondary}; font-size: {_points(Points.META, s)}; }}
QSplitter::handle {{ background: transparent; }}
"""
