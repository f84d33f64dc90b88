"""Buttons stand in chats for ever: what each family packed when it was first written it packs and reads still."""

from datetime import date

import pytest

from domain.figures import exports
from domain.figures.periods import Length
from domain.people.rights import Role
from domain.projects.photos import Consent
from domain.projects.projects import Step
from handlers.broadcasts.progress import Doing as OfBroadcast
from handlers.broadcasts.progress import SteerPress
from handlers.estate_plan.buttons import Doing as WithPlan
from handlers.estate_plan.buttons import PlanPress
from handlers.figures.buttons import AreaPress, CategoryPress, FiguresPress, PicturePress
from handlers.figures.buttons import View as OfFigures
from handlers.figures.exports import asking
from handlers.kit.callback_data import CallbackData, YesNo
from handlers.kit.conversation.question import ConversationPress
from handlers.kit.preference import SettingsPress
from handlers.notices.buttons import FOR_ALL, CorrectPress, NoticePress
from handlers.notices.buttons import Doing as OfNotice
from handlers.operations.quarantine import QuarantinePress
from handlers.operations.quarantine import Wanted as OfQuarantine
from handlers.people.arriving import LanguagePress
from handlers.people.blocking import BlockPress, Verdict
from handlers.people.public_names import Decision, NamePress
from handlers.people.role_notices import RolePress, RoleWanted
from handlers.people.sleeping_roles import AsleepPress
from handlers.people.sleeping_roles import Wanted as OfAsleep
from handlers.people.team import TeamPress
from handlers.people.team import Wanted as OfTeam
from handlers.personal_data.asking import OwnDataPress
from handlers.personal_data.asking import Step as OfOwnData
from handlers.personal_data.deleting import Asking, ForgetPress
from handlers.personal_data.for_somebody import Answer as OfSomebody
from handlers.personal_data.for_somebody import SomebodyPress, Theirs
from handlers.pledges.asleep_consents import Consents, ConsentsPress
from handlers.pledges.board import BoardPress
from handlers.pledges.board import View as OfBoard
from handlers.pledges.buttons import Doing, PledgePress, Said, SaidPress
from handlers.pledges.checking_in import UndoPress
from handlers.pledges.pledge_keepers import KeeperPress, Keeping
from handlers.pledges.pledge_staff import Ending, EndPress, OfWording, ProofPress, Showing, WordingPress
from handlers.pledges.reminder_times import Choice, TimesPress
from handlers.printing.posters import PosterPress
from handlers.printing.posters import Wanted as OfPoster
from handlers.projects.buttons import ListPress as ProjectsPress
from handlers.projects.buttons import (
    MilestonePress,
    OfMilestone,
    ProjectPress,
    StepPress,
    SuggestionPress,
    Sure,
    What,
)
from handlers.projects.departments.buttons import CallInPress, DepartmentPress, Says
from handlers.projects.public.consents import ConsentPress
from handlers.projects.public.page_menu import PagePress
from handlers.projects.public.page_menu import Wish as OfPage
from handlers.projects.public.photo_cards import Do as OfPhoto
from handlers.projects.public.photo_cards import PhotoPress
from handlers.projects.word_buttons import CorrectWordPress, WordPress
from handlers.projects.word_buttons import Doing as OfWord
from handlers.public_reports.telling import Mind
from handlers.public_reports.telling import PagePress as ReportPagePress
from handlers.repairs.buttons import (
    ForAsker,
    ForBoth,
    ForStaff,
    ForVolunteer,
    InList,
    ListPress,
    RelayPress,
    StaffPress,
    StatusPress,
    VerdictPress,
    WorkPress,
)
from handlers.repairs.buttons import Verdict as OfRepair
from handlers.repairs.into_report import TurnPress
from handlers.repairs.volunteer_card import OfferAnswer, OfferPress
from handlers.reports.call_back import Rung, RungPress
from handlers.reports.questions import Answered, AnswerPress
from handlers.reports.resident.possible_question import PossibleDangerPress, ShownDangerPress
from handlers.reports.resident.said_afterwards import SomethingElsePress
from handlers.reports.staff.buttons import NotePress, OfNote
from handlers.reports.staff.history import HistoryPress
from handlers.reports.staff.history import Wanted as OfHistory
from handlers.reports.staff.notices.burst_notices import GatheredPress
from handlers.reports.staff.objections import Judged, JudgePress
from handlers.reports.staff_actions import CardPress
from handlers.reports.status_card import Mine, MinePress
from handlers.staff_room.asked_as_group import GroupPress
from handlers.staff_room.find import FoundPress, WithFoundPress
from handlers.staff_room.flooding import Flood, FloodPress
from handlers.staff_room.queue import QueuePress, View
from handlers.volunteers.duty import Change, DutyPress, JobPress
from handlers.volunteers.neighbours import NeighboursPress
from handlers.volunteers.oncall import OnCall, OnCallPress
from handlers.volunteers.volunteer_notices import VolunteerPress
from services.people.blocking import Source

OUT_THERE: dict[str, CallbackData] = {
    "as:all:-:0": AsleepPress(OfAsleep.ALL),
    "as:list:-:2": AsleepPress(OfAsleep.LIST, number=2),
    "as:back:-:0": AsleepPress(OfAsleep.BACK),
    "as:one:staff:7": AsleepPress(OfAsleep.ONE, Role.STAFF, 7),
    "as:rest:-:0": AsleepPress(OfAsleep.REST),
    "as:take:-:0": AsleepPress(OfAsleep.TAKE),
    "b:menu:-:0": BoardPress(OfBoard.MENU),
    "b:all:-:0": BoardPress(OfBoard.ALL),
    "b:print:-:0": BoardPress(OfBoard.PRINT),
    "b:areas:-:0": BoardPress(OfBoard.AREAS),
    "b:people:-:0": BoardPress(OfBoard.PEOPLE),
    "b:areas:-:2": BoardPress(OfBoard.AREAS, page=2),
    "b:area:east-1:1": BoardPress(OfBoard.AREA, "east-1", 1),
    "b:person:7:0": BoardPress(OfBoard.PERSON, "7"),
    "b:one:12:0": BoardPress(OfBoard.ONE, "12"),
    "b:thank:12:0": BoardPress(OfBoard.THANK, "12"),
    "b:photos:12:0": BoardPress(OfBoard.PHOTOS, "12"),
    "bl:report:12:ask": BlockPress(Source.REPORT, 12, Verdict.ASK),
    "bl:part:3:30": BlockPress(Source.PART, 3, Verdict.THIRTY_DAYS),
    "bl:shown:3:end": BlockPress(Source.SHOWN, 3, Verdict.LIFT),
    "bl:flood:3:no": BlockPress(Source.FLOOD, 3, Verdict.LEAVE),
    "da:4": SomethingElsePress(4),
    "du:on:0": DutyPress(Change.ON),
    "du:off:0": DutyPress(Change.OFF),
    "du:pause:0": DutyPress(Change.PAUSE),
    "du:days:7": DutyPress(Change.DAYS, 7),
    "du:list:0": DutyPress(Change.LIST),
    "du:hide:0": DutyPress(Change.HIDE),
    "du:change:0": DutyPress(Change.OFFER),
    "du:menu:0": DutyPress(Change.MENU),
    "f:5:words:!skip": ConversationPress(5, "words", "!skip"),
    "f:5:summary:!change:words": ConversationPress(5, "summary", "!change:words"),
    "f:5:kind:": ConversationPress(5, "kind", ""),
    "fi:2:120": FoundPress(2, 120),
    "fi:2:0": FoundPress(2),
    "fl:7:read": FloodPress(7, Flood.READ),
    "ga:12": GatheredPress(12),
    "jo:12": JobPress(12),
    "l:zh_Hans": LanguagePress("zh_Hans"),
    "m:2:page": MinePress(2, Mine.PAGE),
    "m:12:open": MinePress(12, Mine.OPEN),
    "m:0:repairs": MinePress(0, Mine.REPAIRS),
    "m:12:repair": MinePress(12, Mine.REPAIR),
    "m:12:back": MinePress(12, Mine.BACK),
    "m:12:again": MinePress(12, Mine.AGAIN),
    "m:12:lives": MinePress(12, Mine.LIVES),
    "m:12:works": MinePress(12, Mine.WORKS),
    "m:12:passing": MinePress(12, Mine.PASSING),
    "m:12:unsaid": MinePress(12, Mine.UNSAID),
    "m:12:relation": MinePress(12, Mine.RELATION),
    "m:12:card": MinePress(12, Mine.CARD),
    "me:yes:Ab-9_": GroupPress(YesNo.YES, "Ab-9_"),
    "me:no:Ab-9_": GroupPress(YesNo.NO, "Ab-9_"),
    "n:3:yes=4294967295": NotePress(3, OfNote.SEND_SURE, 4294967295),
    "n:3:send": NotePress(3, OfNote.SEND),
    "n:3:keep": NotePress(3, OfNote.KEEP),
    "n:3:back": NotePress(3, OfNote.BACK),
    "n:3:really": NotePress(3, OfNote.BACK_SURE),
    "n:3:stay": NotePress(3, OfNote.STAY),
    "n:3:heard": NotePress(3, OfNote.HEARD),
    "nb:1": NeighboursPress(1),
    "ro:12:take": OfferPress(12, OfferAnswer.TAKE),
    "ro:12:no": OfferPress(12, OfferAnswer.NO),
    "o:12:open:4": JudgePress(12, Judged.OPEN, 4),
    "o:12:keep:4": JudgePress(12, Judged.KEEP, 4),
    "oc:area:-:0": OnCallPress(OnCall.AREA),
    "oc:area:east-1:2": OnCallPress(OnCall.AREA, "east-1", 2),
    "oc:gaps:-:0": OnCallPress(OnCall.GAPS),
    "oc:who:-:1": OnCallPress(OnCall.WHO, page=1),
    "oc:where:7:0": OnCallPress(OnCall.WHERE, "7"),
    "oc:ask:7/east:0": OnCallPress(OnCall.ASK, "7/east"),
    "oc:send:7/east:0": OnCallPress(OnCall.SEND, "7/east"),
    "mp:picture": PlanPress(WithPlan.PICTURE),
    "p:2:list:0": PledgePress(2, Doing.LIST),
    "p:0:list:0": PledgePress(0, Doing.LIST),
    "p:0:make:0": PledgePress(0, Doing.MAKE),
    "p:0:record:0": PledgePress(0, Doing.RECORD),
    "p:0:times:0": PledgePress(0, Doing.TIMES),
    "p:12:open:3": PledgePress(12, Doing.OPEN, 3),
    "p:12:say:3": PledgePress(12, Doing.SAY, 3),
    "p:12:change:3": PledgePress(12, Doing.CHANGE, 3),
    "p:12:pause:3": PledgePress(12, Doing.PAUSE, 3),
    "p:12:resume:3": PledgePress(12, Doing.RESUME, 3),
    "p:12:end:3": PledgePress(12, Doing.END_SURE, 3),
    "p:12:ended:3": PledgePress(12, Doing.END, 3),
    "p:12:name:3": PledgePress(12, Doing.SHOW_NAME, 3),
    "p:12:noname:3": PledgePress(12, Doing.HIDE_NAME, 3),
    "p:12:photos:3": PledgePress(12, Doing.SHOW_PHOTOS, 3),
    "p:12:nophotos:3": PledgePress(12, Doing.HIDE_PHOTOS, 3),
    "p:12:name-in_person:3": PledgePress(12, Doing.NAME_ASKED_IN_PERSON, 3),
    "p:12:name-telephone:3": PledgePress(12, Doing.NAME_ASKED_BY_TELEPHONE, 3),
    "p:12:name-paper:3": PledgePress(12, Doing.NAME_ASKED_ON_PAPER, 3),
    "p:12:photos-in_person:3": PledgePress(12, Doing.PHOTOS_ASKED_IN_PERSON, 3),
    "p:12:photos-telephone:3": PledgePress(12, Doing.PHOTOS_ASKED_BY_TELEPHONE, 3),
    "p:12:photos-paper:3": PledgePress(12, Doing.PHOTOS_ASKED_ON_PAPER, 3),
    "pa:again": ConsentsPress(Consents.AGAIN),
    "pc:0:1:12": SaidPress(0, 1, 12),
    "pc:30:10:12": SaidPress(30, 10, 12),
    "pc:0:all:12": SaidPress(0, Said.ALL, 12),
    "pc:30:none:12": SaidPress(30, Said.NOTHING, 12),
    "pc:30:which:12": SaidPress(30, Said.WHICH, 12),
    "pc:30:later:12": SaidPress(30, Said.LATER, 12),
    "pc:30:done:12": SaidPress(30, Said.DONE, 12),
    "pc:30:partly:12": SaidPress(30, Said.PARTLY, 12),
    "pc:30:cannot:12": SaidPress(30, Said.CANNOT, 12),
    "pc:30:excused:12": SaidPress(30, Said.EXCUSED, 12),
    "pe:12:ask:3": EndPress(12, Ending.ASK, 3),
    "pe:12:yes:3": EndPress(12, Ending.YES, 3),
    "pe:12:no:3": EndPress(12, Ending.NO, 3),
    "pk:7:take": KeeperPress(7, Keeping.TAKE),
    "pn:7:take:3": NamePress(7, Decision.TAKE, 3),
    "pn:7:keep:3": NamePress(7, Decision.KEEP, 3),
    "po:in:east-1:0": PosterPress(OfPoster.IN, "east-1"),
    "po:in:-:0": PosterPress(OfPoster.IN),
    "po:turn:-:2": PosterPress(OfPoster.TURN, page=2),
    "po:of:east:0": PosterPress(OfPoster.OF, "east"),
    "po:all:-:0": PosterPress(OfPoster.ALL),
    "po:whole:-:0": PosterPress(OfPoster.WHOLE),
    "pr:30:show:123456": ProofPress(30, Showing.SHOW, 123456),
    "pr:30:hide:0": ProofPress(30, Showing.HIDE),
    "ps:9:approve:123456": WordingPress(9, OfWording.APPROVE, 123456),
    "ps:9:ask:123456": WordingPress(9, OfWording.ASK, 123456),
    "pt:menu:0": TimesPress(Choice.MENU),
    "pt:days:0": TimesPress(Choice.DAYS),
    "pt:hours:0": TimesPress(Choice.HOURS),
    "pt:befores:0": TimesPress(Choice.BEFORES),
    "pt:day:6": TimesPress(Choice.DAY, 6),
    "pt:hour:20": TimesPress(Choice.HOUR, 20),
    "pt:before:120": TimesPress(Choice.BEFORE, 120),
    "pu:30": UndoPress(30),
    "q:list:0": QuarantinePress(OfQuarantine.LIST),
    "q:list:2": QuarantinePress(OfQuarantine.LIST, 2),
    "q:show:5": QuarantinePress(OfQuarantine.SHOW, 5),
    "q:ask:5": QuarantinePress(OfQuarantine.ASK, 5),
    "q:wipe:5": QuarantinePress(OfQuarantine.WIPE, 5),
    "q:again:5": QuarantinePress(OfQuarantine.AGAIN, 5),
    "q:forget:5": QuarantinePress(OfQuarantine.FORGET, 5),
    "qu:menu:0": QueuePress(View.MENU),
    "qu:new:0": QueuePress(View.NEW),
    "qu:mine:0": QueuePress(View.MINE),
    "qu:overdue:0": QueuePress(View.OVERDUE),
    "qu:reopened:0": QueuePress(View.REOPENED),
    "qu:handed:0": QueuePress(View.HANDED_ON),
    "qu:open:120": QueuePress(View.OPEN, number=120),
    "qu:areas=:0": QueuePress(View.AREAS, ""),
    "qu:areas=east:1": QueuePress(View.AREAS, "east", 1),
    "qu:area=east-1:0": QueuePress(View.AREA, "east-1"),
    "qu:departments:1": QueuePress(View.DEPARTMENTS, number=1),
    "qu:department=repairs:0": QueuePress(View.DEPARTMENT, "repairs"),
    "r:12:yes:2": AnswerPress(12, Answered.YES, 2),
    "r:12:no:2": AnswerPress(12, Answered.NO, 2),
    "r:12:right:123456": AnswerPress(12, Answered.RIGHT, 123456),
    "r:12:wrong:123456": AnswerPress(12, Answered.WRONG, 123456),
    "r:12:content:2": AnswerPress(12, Answered.CONTENT, 2),
    "r:12:discontent:2": AnswerPress(12, Answered.DISCONTENT, 2),
    "r:12:object:40": AnswerPress(12, Answered.OBJECT, 40),
    "rb:12:yes:2:7": RungPress(12, Rung.YES, 2, 7),
    "rb:12:no:2:7": RungPress(12, Rung.NO, 2, 7),
    "rb:12:content:2:7": RungPress(12, Rung.CONTENT, 2, 7),
    "rb:12:discontent:2:7": RungPress(12, Rung.DISCONTENT, 2, 7),
    "rb:12:told:0:7": RungPress(12, Rung.TOLD, 0, 7),
    "rb:12:missed:0:7": RungPress(12, Rung.MISSED, 0, 7),
    "rb:12:object:40:7": RungPress(12, Rung.OBJECT, 40, 7),
    "rj:12:in=30:4": WorkPress(12, ForVolunteer.IN_MINUTES, "30", 4),
    "rj:12:today:4": WorkPress(12, ForVolunteer.TODAY, None, 4),
    "rj:12:pick=0:4": WorkPress(12, ForVolunteer.PICK_DAY, "0", 4),
    "rj:12:day=5:4": WorkPress(12, ForVolunteer.PICK_HOUR, "5", 4),
    "rj:12:at=2026-11-26T10:4": WorkPress(12, ForVolunteer.AT, "2026-11-26T10", 4),
    "rj:12:at=2026-11-26T-:4": WorkPress(12, ForVolunteer.AT, "2026-11-26T-", 4),
    "rj:12:out:4": WorkPress(12, ForVolunteer.SET_OUT, None, 4),
    "rj:12:done:4": WorkPress(12, ForVolunteer.DONE, None, 4),
    "rj:12:cannot?:4": WorkPress(12, ForVolunteer.CANNOT_SURE, None, 4),
    "rj:12:cannot:4": WorkPress(12, ForVolunteer.CANNOT, None, 4),
    "rj:12:menu:4": WorkPress(12, ForVolunteer.MENU, None, 4),
    "role:menu:-": RolePress(RoleWanted.MENU, "-"),
    "role:which:staff": RolePress(RoleWanted.WHICH, Role.STAFF),
    "role:link:staff": RolePress(RoleWanted.LINK, Role.STAFF),
    "role:pick:staff": RolePress(RoleWanted.PICK, Role.STAFF),
    "role:yes:Ab-9_": RolePress(RoleWanted.YES, "Ab-9_"),
    "role:no:Ab-9_": RolePress(RoleWanted.NO, "Ab-9_"),
    "rp:page:2": ListPress(InList.PAGE, 2),
    "rp:open:12": ListPress(InList.OPEN, 12),
    "rr:12:menu:4": StatusPress(12, ForAsker.MENU, 4),
    "rr:12:away?:4": StatusPress(12, ForAsker.WITHDRAW_SURE, 4),
    "rr:12:away:4": StatusPress(12, ForAsker.WITHDRAW, 4),
    "rr:12:move:4": StatusPress(12, ForAsker.MOVE, 4),
    "rs:12:menu:4": StaffPress(12, ForStaff.MENU, None, 4),
    "rs:12:give=0:4": StaffPress(12, ForStaff.CHOOSE, 0, 4),
    "rs:12:to=7:4": StaffPress(12, ForStaff.GIVE, 7, 4),
    "rs:12:free:4": StaffPress(12, ForStaff.FREE, None, 4),
    "rs:12:again:4": StaffPress(12, ForStaff.REOPEN, None, 4),
    "rs:12:turn?:4": StaffPress(12, ForStaff.TURN_SURE, None, 4),
    "rs:12:ask:4": StaffPress(12, ForStaff.ASK_TO_TURN, None, 4),
    "rs:12:turn:4": StaffPress(12, ForStaff.TURN, None, 4),
    "rs:12:block:4": StaffPress(12, ForStaff.BLOCK, None, 4),
    "rs:12:numbers:4": StaffPress(12, ForStaff.NUMBERS, None, 4),
    "rs:12:who:4": StaffPress(12, ForStaff.WHO, None, 4),
    "rt:12:write": RelayPress(12, ForBoth.WRITE),
    "rt:12:numbers": RelayPress(12, ForBoth.NUMBERS),
    "rt:12:unsafe": RelayPress(12, ForBoth.UNSAFE),
    "rt:12:unsafe!": RelayPress(12, ForBoth.UNSAFE_SURE),
    "rt:12:show": RelayPress(12, ForBoth.SHOW),
    "rt:12:show=99": RelayPress(12, ForBoth.SHOW, 99),
    "rt:12:keep": RelayPress(12, ForBoth.KEEP),
    "rv:12:thank:2": VerdictPress(12, OfRepair.THANK, 2),
    "rv:12:yes:2": VerdictPress(12, OfRepair.YES, 2),
    "rv:12:no:2": VerdictPress(12, OfRepair.NO, 2),
    "rv:12:nobody:2": VerdictPress(12, OfRepair.NOBODY, 2),
    "ry:12:yes": TurnPress(12, YesNo.YES),
    "ry:12:no": TurnPress(12, YesNo.NO),
    "s:menu:-": SettingsPress("menu", "-"),
    "s:quiet:": SettingsPress("quiet", ""),
    "s:quiet:21-9": SettingsPress("quiet", "21-9"),
    "team:all:-:0": TeamPress(OfTeam.ALL),
    "team:list:staff:1": TeamPress(OfTeam.LIST, Role.STAFF, 1),
    "bc:3:stop": SteerPress(3, OfBroadcast.STOP),
    "nc:3:zh_Hans": CorrectPress(3, "zh_Hans"),
    "nc:3:-": CorrectPress(3, FOR_ALL),
    "no:3:alone": NoticePress(3, OfNotice.ALONE),
    "jd:4:come:1": DepartmentPress(4, Says.COME, None, 1),
    "jc:2": CallInPress(2),
    "fa:2:poster": PagePress(2, OfPage.POSTER),
    "sp:31:yes": ConsentPress(31, Consent.YES),
    "wp:12:off": ReportPagePress(12, Mind.NOT),
    "fp:5:show": PhotoPress(5, OfPhoto.SHOW),
    "ex:personal:reports:last_month:xlsx": asking.ExportPress(
        asking.Step.PERSONAL, exports.What.REPORTS, exports.Stretch.LAST_MONTH, exports.Form.XLSX
    ),
    "fg:month:2026-11-01:lead": FiguresPress(Length.MONTH, date(2026, 11, 1), None, OfFigures.LEAD, None),
    "fg:year:2026-01-01=lighting:area=north": FiguresPress(
        Length.YEAR, date(2026, 1, 1), "lighting", OfFigures.AREA, "north"
    ),
    "fq:week:2026-11-02:nothing": PicturePress(Length.WEEK, date(2026, 11, 2), None, OfFigures.OVERVIEW, None),
    "fe:month:2026-11-01=lifts:nothing=north:2": AreaPress(
        Length.MONTH, date(2026, 11, 1), "lifts", OfFigures.OVERVIEW, "north", 2
    ),
    "fk:month:2026-11-01:0:lead=north": CategoryPress(Length.MONTH, date(2026, 11, 1), 0, OfFigures.LEAD, "north"),
    "jw:2:delivered": WordPress(2, OfWord.DELIVERED),
    "jx:3:zh_Hans": CorrectWordPress(3, "zh_Hans"),
    "team:ask:staff:7": TeamPress(OfTeam.ASK, Role.STAFF, 7),
    "team:take:staff:7": TeamPress(OfTeam.TAKE, Role.STAFF, 7),
    "v:12:take:4": CardPress(12, "take", None, 4),
    "v:12:kinds=1:4": CardPress(12, "kinds", "1", 4),
    "v:12:given=d.repairs:4": CardPress(12, "given", "d.repairs", 4),
    "jp:3:view:7": ProjectPress(3, What.VIEW, None, 7),
    "jp:3:steps:7": ProjectPress(3, What.STEPS, None, 7),
    "jp:3:reports=1:7": ProjectPress(3, What.REPORTS, 1, 7),
    "jp:3:out=12:7": ProjectPress(3, What.OUT, 12, 7),
    "jp:3:milestones:7": ProjectPress(3, What.MILESTONES, None, 7),
    "jp:3:add:7": ProjectPress(3, What.ADD, None, 7),
    "jp:3:change:7": ProjectPress(3, What.CHANGE, None, 7),
    "js:3:deliver:ask:7": StepPress(3, Step.DELIVER, Sure.ASK, 7),
    "js:3:give_up:yes:7": StepPress(3, Step.GIVE_UP, Sure.YES, 7),
    "jm:5:view": MilestonePress(5, OfMilestone.VIEW),
    "jm:5:reached": MilestonePress(5, OfMilestone.REACHED),
    "jm:5:move": MilestonePress(5, OfMilestone.MOVE),
    "jl:2": ProjectsPress(2),
    "jg:12": SuggestionPress(12),
    "fw:4:bundle": WithFoundPress(4, "bundle"),
    "vh:12:0": HistoryPress(12, 0),
    "vh:12:words=2": HistoryPress(12, OfHistory.WORDS, 2),
    "vh:12:media": HistoryPress(12, OfHistory.MEDIA),
    "vh:12:answer": HistoryPress(12, OfHistory.ANSWER),
    "vo:7:yes:123456": VolunteerPress(7, YesNo.YES, 123456),
    "vo:7:no:123456": VolunteerPress(7, YesNo.NO, 123456),
    "dq:4:no": PossibleDangerPress(4, YesNo.NO),
    "ds:12:yes": ShownDangerPress(12, YesNo.YES),
    "md:make": OwnDataPress(OfOwnData.MAKE),
    "gone:yes:7:29500000": ForgetPress(Asking.YES, 7, 29_500_000),
    "theirs:sure:repair:5": SomebodyPress(OfSomebody.SURE, Theirs.REPAIR, 5),
}


@pytest.mark.parametrize(("data", "value"), OUT_THERE.items(), ids=list(OUT_THERE))
def test_it_is_packed_and_read_as_ever(data: str, value: CallbackData) -> None:
    assert value.pack() == data
    assert type(value).unpack(data) == value


def test_what_is_younger_than_some_buttons_is_not_asked_of_them() -> None:
    assert VolunteerPress.unpack("vo:7:yes") == VolunteerPress(7, YesNo.YES, 0)


def test_each_declared_family_is_here() -> None:
    ours = {kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("handlers.")}
    assert ours == {type(value) for value in OUT_THERE.values()}
