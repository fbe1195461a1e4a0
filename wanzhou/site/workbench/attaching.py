"""Files handed in together with a decision: chosen on its form, kept with it or not at all."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from indicators.evidence import Attach, attach_to, no_files
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.actions import FilesRefused, take_in
from wanzhou.kernel.evidence.kinds import ACCEPTED, ENDINGS
from wanzhou.kernel.evidence.models import Document
from wanzhou.kernel.workflow.actions import MoveRefused


class _Chosen(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if isinstance(files, MultiValueDict) else []


class Files(forms.FileField):
    """Any number of files; what they are is looked at when they are taken in."""

    widget = _Chosen(attrs={"multiple": True, "accept": f"{ENDINGS},image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return list(data or [])


class AttachingForm(forms.Form):
    """A form of a decision that files may go with."""

    evidence = Files(
        label="附上依据（可以一次选几个文件，手机上也可以直接拍照）",
        required=False,
        help_text=f"如批准文件、来文、统计报表。可以上传：{ACCEPTED}；不收带宏和加密的文件。",
    )
    public = forms.BooleanField(
        label="这些文件可以公开：发布时，公众能下载。不勾就只供内部查看。", required=False
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, the files aside."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in AttachingForm.base_fields
        }

    @property
    def lost(self) -> list[str]:
        """The files that were sent with a form which is shown again: a browser forgets them."""
        return [file.name or "" for file in self.files.getlist("evidence")]

    def attach(self, by: User) -> Attach:
        """What keeps the chosen files and attaches them to each fact of the decision.

        It raises MoveRefused, one Chinese sentence for each file that is not accepted.
        """
        chosen, public = self.cleaned_data["evidence"], self.cleaned_data["public"]
        if not chosen:
            return no_files

        @cache
        def taken() -> list[Document]:
            try:
                return take_in(chosen, by=by)
            except FilesRefused as refused:
                raise MoveRefused(*refused.problems) from refused

        return lambda fact: attach_to(fact, taken(), public=public)
